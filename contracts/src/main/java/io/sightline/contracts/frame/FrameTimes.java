package io.sightline.contracts.frame;

/**
 * A frame's times, microseconds UTC; 0 where a stage has not stamped yet.
 *
 * @param capturedAtMicros when the light was seen, as well as {@code source} knows
 * @param receivedAtMicros when ingest had its last byte, on ingest's clock; age and latency count from here
 */
public record FrameTimes(
        long capturedAtMicros,
        TimeSource source,
        long receivedAtMicros,
        long publishedAtMicros,
        long detectedAtMicros,
        long embeddedAtMicros) {

    public static FrameTimes received(long capturedAtMicros, TimeSource source, long receivedAtMicros) {
        return new FrameTimes(capturedAtMicros, source, receivedAtMicros, 0, 0, 0);
    }

    public FrameTimes published(long atMicros) {
        return new FrameTimes(capturedAtMicros, source, receivedAtMicros, atMicros, detectedAtMicros, embeddedAtMicros);
    }

    public FrameTimes detected(long atMicros) {
        return new FrameTimes(
                capturedAtMicros, source, receivedAtMicros, publishedAtMicros, atMicros, embeddedAtMicros);
    }

    public FrameTimes embedded(long atMicros) {
        return new FrameTimes(
                capturedAtMicros, source, receivedAtMicros, publishedAtMicros, detectedAtMicros, atMicros);
    }

    /** When the last stage that saw the frame was done with it; a stage that comes next has waited since. */
    public long lastStampMicros() {
        return Math.max(Math.max(receivedAtMicros, publishedAtMicros), Math.max(detectedAtMicros, embeddedAtMicros));
    }

    /** Age: {@code nowMicros} minus the moment of receipt. */
    public long ageMicros(long nowMicros) {
        return nowMicros - receivedAtMicros;
    }
}
