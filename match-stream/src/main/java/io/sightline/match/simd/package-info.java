/**
 * Dot products by {@code jdk.incubator.vector}, compiled apart from the rest of the module because the compiler warns of every
 * incubator module. Nothing but arrays comes in or goes out; no threads, no failures. Loading this package without
 * {@code --add-modules jdk.incubator.vector} ends in a {@link java.lang.NoClassDefFoundError}, so only
 * {@link io.sightline.match.search.DotProducts#fastest()} does, after it has asked for the module.
 */
@NullMarked
package io.sightline.match.simd;

import org.jspecify.annotations.NullMarked;
