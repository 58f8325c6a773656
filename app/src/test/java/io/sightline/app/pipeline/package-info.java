/** How a process is put together, with networks made up. */
@NullMarked
package io.sightline.app.pipeline;

import org.jspecify.annotations.NullMarked;
