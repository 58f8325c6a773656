/**
 * The stages wired together, each from the settings: a single role, or all of them in one process with an embedded broker and
 * Redis. Who starts closes, children before parents; nothing here knows a frame.
 */
@NullMarked
package io.sightline.app.pipeline;

import org.jspecify.annotations.NullMarked;
