/**
 * How much machine a number of cameras needs: in go the cameras and what one frame was measured to cost ({@link
 * io.sightline.app.plan.MeasuredCosts}, one file), out come partitions, cores, brokers, disk and memory. Arithmetic alone: no clock, no
 * network. What cannot be is an {@link java.lang.IllegalArgumentException} with a sentence.
 */
@NullMarked
package io.sightline.app.plan;

import org.jspecify.annotations.NullMarked;
