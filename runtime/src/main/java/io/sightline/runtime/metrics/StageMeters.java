package io.sightline.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.ops.Stage;
import io.sightline.runtime.trace.FrameTraces;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** What every stage counts and times. The words given for results, steps and reasons must be closed sets. Thread-safe. */
public final class StageMeters {
    /** There from the start: of a counter that appears with its first event, no rate shows that event. */
    private static final Set<Reason> SET_ASIDE =
            EnumSet.of(Reason.MALFORMED, Reason.FAILED, Reason.UNDECODABLE, Reason.OVERSIZE);

    private final MeterRegistry registry;
    private final Stage stage;
    private final FrameTraces traces;
    private final Timer service;
    private final Timer wait;
    private final Timer age;
    private final StageProgress progress = new StageProgress();
    private final ConcurrentMap<String, Timer> steps = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> counters = new ConcurrentHashMap<>();

    /** Without traces. */
    public StageMeters(MeterRegistry registry, Stage stage) {
        this(registry, stage, FrameTraces.none(registry));
    }

    /** {@code traces} stay their caller's. */
    public StageMeters(MeterRegistry registry, Stage stage, FrameTraces traces) {
        this.traces = traces;
        this.registry = registry;
        this.stage = stage;
        for (Reason reason : SET_ASIDE) {
            counter(SightlineMeter.DEAD_LETTERS, reason.wireName());
        }
        this.service = Meters.timer(registry, SightlineMeter.STAGE_SERVICE, stage.wireName());
        this.age = Meters.timer(registry, SightlineMeter.STAGE_AGE, stage.wireName());
        this.wait = Meters.timer(registry, SightlineMeter.STAGE_WAIT, stage.wireName());
    }

    public MeterRegistry registry() {
        return registry;
    }

    public Stage stage() {
        return stage;
    }

    /** One record had this result: {@code done}, {@code settled} (before, handed on), {@code shed}, {@code rejected} … */
    public void record(String result) {
        count(SightlineMeter.STAGE_RECORDS, result, 1);
    }

    /** The stage worked so long on a record. */
    public void service(long nanos) {
        service.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A record lay so long since the last stage stamped it; clocks that disagree count as 0. */
    public void waited(long micros) {
        wait.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
    }

    /** A frame that the stage has worked on was so old when it was done; clocks that disagree count as 0. */
    public void aged(long micros) {
        age.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
    }

    /** Where the stage that ends a frame's way makes its trace. */
    public FrameTraces traces() {
        return traces;
    }

    /** How far the stage is in its topic. */
    public StageProgress progress() {
        return progress;
    }

    /** One step of the work, such as {@code decode}, took so long. */
    public void step(String step, long nanos) {
        steps.computeIfAbsent(step, name -> Meters.timer(registry, SightlineMeter.STEP, stage.wireName(), name))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** So many faces had this result. */
    public void faces(String result, int count) {
        count(SightlineMeter.FACES, result, count);
    }

    /** One record was set aside for this reason. */
    public void deadLetter(String reason) {
        count(SightlineMeter.DEAD_LETTERS, reason, 1);
    }

    private void count(SightlineMeter meter, String word, int amount) {
        counter(meter, word).increment(amount);
    }

    private Counter counter(SightlineMeter meter, String word) {
        return counters.computeIfAbsent(
                meter.name() + " " + word, key -> Meters.counter(registry, meter, stage.wireName(), word));
    }
}
