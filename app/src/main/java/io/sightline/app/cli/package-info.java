/**
 * One class per command. A command reads its options and the settings, wires what it needs, and turns what went wrong
 * into a sentence and an exit code: 0 done, 1 it ran and failed, 2 it was asked wrongly or lacks something.
 */
@NullMarked
package io.sightline.app.cli;

import org.jspecify.annotations.NullMarked;
