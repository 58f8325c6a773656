/**
 * What the demo shows and where it comes from. In: Maven Central's artifact {@code org.openimaj:demos:1.3.10}, from the local repository or
 * fetched by Maven as a child process; its clip and three portraits are extracted into a cache folder and checked by hash, never committed. Out:
 * {@link io.sightline.app.demo.DemoMaterial}, the {@link io.sightline.app.demo.DemoPlan} (which cameras, who is enrolled from which second) and the
 * stills to enrol. No threads; every failure is a {@link io.sightline.app.demo.DemoException} that says what to do.
 */
@NullMarked
package io.sightline.app.demo;

import org.jspecify.annotations.NullMarked;
