/**
 * What {@code dashboards/} holds, made and checked from the catalogue of meters: boards are written by {@link io.sightline.tests.boards.Boards}
 * from Java, rules are read; every metric that an expression names must be in the catalogue or in a closed list.
 */
@NullMarked
package io.sightline.tests.boards;

import org.jspecify.annotations.NullMarked;
