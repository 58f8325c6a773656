package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.ops.CameraState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the records of a run into its account. Pure: no clock, no I/O; the moment at which a record was seen is a
 * parameter. Frames are booked by the shared {@link io.sightline.contracts.ledger.Ledger}, so a record that comes twice
 * counts once. Belongs to one thread at a time.
 */
public final class RunTally {
    private final TallySpec spec;
    private final Map<CameraId, CameraTally> cameras = new LinkedHashMap<>();
    private final Map<CameraId, LedgerEntry> ledgers = new LinkedHashMap<>();
    private final SightingBook sightings = new SightingBook();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram steadyLatency = new LatencyHistogram();
    private final long warmUpMicros;
    private long firstReceivedMicros = Long.MAX_VALUE;
    private long unreadable;

    public RunTally(TallySpec spec) {
        this.spec = spec;
        this.warmUpMicros = spec.warmUp().toNanos() / 1_000;
        for (CameraId camera : spec.cameras()) {
            cameras.put(camera, new CameraTally(camera));
        }
    }

    /**
     * Books a settled frame or run of frames.
     *
     * @param seenAtMicros when a consumer could see it, on the clock that stamped its receipt
     */
    public void identities(Identities record, long seenAtMicros) {
        tallyOf(record.camera(), record.epoch()).ifPresent(tally -> {
            if (tally.settle(record, seenAtMicros) == 0) {
                return;
            }
            firstReceivedMicros = Math.min(firstReceivedMicros, record.receivedAtUs());
            if (isMeasured(Outcome.ofWireName(record.outcome()))) {
                measure(tally, record, seenAtMicros);
            }
        });
    }

    public void sighting(Sighting sighting) {
        tallyOf(sighting.camera(), sighting.epoch()).ifPresent(tally -> sightings.put(sighting));
    }

    /** Keeps the matcher's own account of the camera's newest epoch, to compare. */
    public void ledger(LedgerEntry entry) {
        tallyOf(entry.camera(), entry.epoch())
                .ifPresent(tally -> ledgers.merge(
                        new CameraId(entry.camera()),
                        entry,
                        (known, newer) -> newer.epoch() >= known.epoch() ? newer : known));
    }

    /** A camera's state counts whatever its epoch: a camera that was never reached has none. */
    public void camera(CameraState state) {
        tallyOf(state.camera(), Long.MAX_VALUE).ifPresent(tally -> tally.state(state));
    }

    /** A record could not be read. */
    public void unreadable() {
        unreadable++;
    }

    public long unreadableRecords() {
        return unreadable;
    }

    /** Frames settled so far, per camera of the run. */
    public Map<CameraId, Long> settled() {
        Map<CameraId, Long> settled = new LinkedHashMap<>();
        cameras.forEach((camera, tally) -> settled.put(camera, tally.settled()));
        return settled;
    }

    /** Whether each captured frame has its outcome; {@code captured} is ingest's own count. */
    public boolean isSettled(Map<CameraId, Long> captured) {
        return cameras.entrySet().stream()
                .allMatch(entry -> entry.getValue().settled() >= captured.getOrDefault(entry.getKey(), 0L));
    }

    public boolean hasOpenSightings() {
        return sightings.hasOpen();
    }

    /** The matcher's last account of each camera that has one. */
    public Map<CameraId, LedgerEntry> ledgers() {
        return Map.copyOf(ledgers);
    }

    public RunSnapshot snapshot(long nowMicros) {
        List<CameraSnapshot> now = new ArrayList<>();
        cameras.values().forEach(tally -> now.add(tally.snapshot(nowMicros)));
        long elapsed = firstReceivedMicros == Long.MAX_VALUE ? 0 : Math.max(0, nowMicros - firstReceivedMicros);
        return new RunSnapshot(
                Duration.of(elapsed, ChronoUnit.MICROS),
                now,
                sightings.latest(this::secondOf),
                sightings.changes(this::secondOf),
                latency.percentiles(),
                steadyLatency.percentiles(),
                unreadable);
    }

    /**
     * The run's report. What was captured and has no outcome is unaccounted: call it after the stages have drained.
     *
     * @param captured ingest's own count of frames, per camera of the run
     */
    public Report report(Map<CameraId, Long> captured, ReportedModels models) {
        Map<CameraId, CameraReport> accounts = new LinkedHashMap<>();
        cameras.forEach((camera, tally) -> accounts.put(
                camera,
                new CameraReport(captured.getOrDefault(camera, 0L), tally.outcomes(), tally.framesPerSecond())));
        return new Report(
                accounts, latency.percentiles(), steadyLatency.percentiles(), sightings.lines(this::secondOf), models);
    }

    private void measure(CameraTally tally, Identities record, long seenAtMicros) {
        long micros = seenAtMicros - record.receivedAtUs();
        tally.latency(micros, seenAtMicros);
        latency.record(micros);
        if (record.receivedAtUs() - firstReceivedMicros >= warmUpMicros) {
            steadyLatency.record(micros);
        }
    }

    /** Latency is defined for frames that were neither shed nor rejected. */
    private static boolean isMeasured(Outcome outcome) {
        return switch (outcome) {
            case IDENTIFIED, UNKNOWN, LOW_QUALITY, NO_FACE -> true;
            case SHED, REJECTED -> false;
        };
    }

    private Optional<CameraTally> tallyOf(String camera, long epoch) {
        if (epoch < spec.firstEpoch() || !CameraId.isValid(camera)) {
            return Optional.empty();
        }
        return Optional.ofNullable(cameras.get(new CameraId(camera)));
    }

    private double secondOf(CameraId camera, long capturedAtMicros) {
        CameraTally tally = cameras.get(camera);
        return tally == null ? 0 : tally.secondOf(capturedAtMicros);
    }
}
