package io.sightline.ingest;

import io.sightline.ingest.admission.CreditSettings;
import io.sightline.ingest.life.Backoff;
import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * What all cameras of a process share.
 *
 * @param capture for cameras that do not say otherwise
 * @param reconnect waits between attempts
 * @param simultaneousAttempts how many cameras may be connecting at one time
 * @param producerBufferBytes frames that wait for the broker
 * @param brokerPatience without an acknowledgement for this long, the broker counts as away
 * @param stateInterval each camera's state is published so often, and when it changes
 * @param stopTimeout the longest that a stop takes
 * @param tracedShare of frames, 0 to 1, that are traced whatever becomes of them
 */
public record IngestSettings(
        CaptureSettings capture,
        Backoff reconnect,
        int simultaneousAttempts,
        CreditSettings admission,
        long producerBufferBytes,
        Duration brokerPatience,
        Duration stateInterval,
        Duration stopTimeout,
        double tracedShare) {
    private static final Duration TICK = Duration.ofMillis(1);

    public IngestSettings {
        if (simultaneousAttempts < 1 || producerBufferBytes < 8L << 20) {
            throw new IllegalArgumentException("ingest: at least 1 attempt at a time (" + simultaneousAttempts
                    + ") and 8388608 bytes of producer buffer (" + producerBufferBytes + ") are needed");
        }
    }

    public static IngestSettings defaults() {
        return new IngestSettings(
                CaptureSettings.defaults(),
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8)),
                8,
                CreditSettings.defaults(),
                64L << 20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                0.001);
    }

    /** Reads the section {@code ingest}; mistakes are noted there. */
    public static IngestSettings read(Section section) {
        IngestSettings d = defaults();
        return new IngestSettings(
                CaptureSettings.read(section, d.capture),
                backoff(section.section("reconnect"), d.reconnect),
                section.integer("simultaneous-attempts", d.simultaneousAttempts, 1, 1_000),
                admission(section.section("admission"), d.admission),
                section.integer("producer-buffer-bytes", (int) d.producerBufferBytes, 8 << 20, 1 << 30),
                section.millis("broker-patience-ms", d.brokerPatience, Duration.ofMillis(100), Duration.ofMinutes(1)),
                section.millis("state-interval-ms", d.stateInterval, Duration.ofMillis(200), Duration.ofMinutes(5)),
                section.millis("stop-timeout-ms", d.stopTimeout, Duration.ofMillis(100), Duration.ofMinutes(2)),
                section.decimal("traced-share", d.tracedShare, 0, 1));
    }

    private static Backoff backoff(Section section, Backoff d) {
        Duration first = section.millis("first-wait-ms", d.first(), TICK, Duration.ofMinutes(10));
        Duration cap = section.millis("longest-wait-ms", d.cap(), TICK, Duration.ofMinutes(10));
        if (cap.compareTo(first) < 0) {
            section.problem(
                    "longest-wait-ms",
                    "is " + cap.toMillis() + ": must not be below first-wait-ms, which is " + first.toMillis());
            return d;
        }
        return new Backoff(first, cap);
    }

    private static CreditSettings admission(Section section, CreditSettings d) {
        Duration target = section.millis("target-latency-ms", d.targetLatency(), TICK, Duration.ofMinutes(1));
        Duration expiry = section.millis("credit-expiry-ms", d.expiry(), TICK, Duration.ofMinutes(10));
        int initial = section.integer("initial-frames-per-camera", d.initialPerCamera(), 1, 10_000);
        int perCamera = section.integer("max-frames-per-camera", d.maxPerCamera(), 1, 10_000);
        int total = section.integer("max-frames-in-flight", d.maxTotal(), 1, 100_000);
        if (expiry.compareTo(target) <= 0) {
            section.problem(
                    "credit-expiry-ms",
                    "is " + expiry.toMillis() + ": must be above target-latency-ms, which is " + target.toMillis());
            return d;
        }
        return new CreditSettings(target, initial, perCamera, total, expiry);
    }
}
