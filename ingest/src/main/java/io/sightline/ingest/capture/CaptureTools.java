package io.sightline.ingest.capture;

import java.util.function.LongSupplier;

/**
 * What captures share; nothing in it blocks one for another.
 *
 * @param wallMicros microseconds UTC
 */
public record CaptureTools(InterruptHub hub, NativeCount natives, LongSupplier wallMicros) {}
