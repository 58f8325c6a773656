/** The comparison with made-up clusters; the shell with a real broker. */
@NullMarked
package io.sightline.app.topics;

import org.jspecify.annotations.NullMarked;
