package io.sightline.match.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.metrics.TracedMoment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The stage's meters. Thread-safe. */
final class MatchMeters {
    private static final List<String> SIGHTING_CHANGES = List.of("opened", "updated", "closed");

    private final StageMeters stage;
    private final WatchedSearch search;
    private final DecisionMeters decisions;
    private final Map<String, Counter> sightings = new HashMap<>();
    private final Timer latency;
    private final ConcurrentMap<String, Counter> settled = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicLong> unaccounted = new ConcurrentHashMap<>();

    MatchMeters(StageMeters stage) {
        this.stage = stage;
        this.search = new WatchedSearch(stage.registry());
        this.decisions = new DecisionMeters(stage.registry());
        for (String change : SIGHTING_CHANGES) {
            sightings.put(change, Meters.counter(stage.registry(), SightlineMeter.SIGHTINGS, change));
        }
        this.latency = Meters.timer(stage.registry(), SightlineMeter.LATENCY);
    }

    StageMeters stage() {
        return stage;
    }

    WatchedSearch search() {
        return search;
    }

    DecisionMeters decisions() {
        return decisions;
    }

    /** An event of a sighting was published; {@code change} is {@code opened}, {@code updated} or {@code closed}. */
    void sighting(String change) {
        Optional.ofNullable(sightings.get(change)).ifPresent(Counter::increment);
    }

    void settled(String camera, Outcome outcome, long frames) {
        settled.computeIfAbsent(
                        camera + "/" + outcome,
                        key -> Meters.counter(
                                stage.registry(), SightlineMeter.FRAMES_SETTLED, camera, outcome.wireName()))
                .increment((double) frames);
    }

    /** A frame was decided after so long; where it is traced, the bucket it falls into may name the trace. */
    void latency(long micros, Optional<TraceContext> trace) {
        Runnable recording = () -> latency.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
        trace.ifPresentOrElse(kept -> TracedMoment.during(kept, recording), recording);
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
