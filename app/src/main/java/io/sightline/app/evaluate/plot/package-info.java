/** Figures as pictures: a {@link io.sightline.app.evaluate.plot.Chart} says what is drawn, {@link io.sightline.app.evaluate.plot.ChartPainter} draws it as PNG. No threads. */
@NullMarked
package io.sightline.app.evaluate.plot;

import org.jspecify.annotations.NullMarked;
