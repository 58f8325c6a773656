/** The command line, the all-in-one, the demo. {@link io.sightline.app.Main} is where the program starts. */
@NullMarked
package io.sightline.app;

import org.jspecify.annotations.NullMarked;
