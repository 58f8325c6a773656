package io.sightline.match.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.sightline.contracts.frame.Outcome;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The stage's meters. Thread-safe. */
final class MatchMeters {
    private final StageMeters stage;
    private final Timer latency;
    private final ConcurrentMap<String, Counter> settled = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicLong> unaccounted = new ConcurrentHashMap<>();

    MatchMeters(StageMeters stage) {
        this.stage = stage;
        this.latency = Meters.timer(stage.registry(), SightlineMeter.LATENCY);
    }

    StageMeters stage() {
        return stage;
    }

    void settled(String camera, Outcome outcome, long frames) {
        settled.computeIfAbsent(
                        camera + "/" + outcome,
                        key -> Meters.counter(
                                stage.registry(), SightlineMeter.FRAMES_SETTLED, camera, outcome.wireName()))
                .increment((double) frames);
    }

    void latency(long micros) {
        latency.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
    }

    void unaccounted(String camera, long frames) {
        unaccounted.computeIfAbsent(camera, this::gauge).set(frames);
    }

    private AtomicLong gauge(String camera) {
        AtomicLong value = new AtomicLong();
        Meters.gauge(stage.registry(), SightlineMeter.FRAMES_UNACCOUNTED, value::get, camera);
        return value;
    }
}
