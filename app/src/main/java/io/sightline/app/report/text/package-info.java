/** Text for terminals and pictures: cleaned of control characters and measured in terminal columns. Pure. */
@NullMarked
package io.sightline.app.report.text;

import org.jspecify.annotations.NullMarked;
