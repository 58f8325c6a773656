package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ops.CameraState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One camera's account over its epochs in this run. Belongs to one thread. */
final class CameraTally {
    /** Epochs kept apart; a late duplicate of an older one is no longer recognised. */
    private static final int OPEN_EPOCHS = 8;

    private static final long IN_VIEW_MICROS = 2_000_000L;
    private static final double MICROS_PER_SECOND = 1e6;

    private final CameraId camera;
    private final RecentWindow recent = new RecentWindow();
    private final TreeMap<Long, EpochTally> epochs = new TreeMap<>();
    private final EnumMap<Outcome, Long> endedOutcomes = new EnumMap<>(Outcome.class);
    private long endedMissing;
    private long endedActiveMicros;
    private long lastEndedEpoch = Long.MIN_VALUE;
    private long firstCapturedMicros = Long.MAX_VALUE;
    private List<Decision> inView = List.of();
    private long inViewAtMicros;
    private Optional<CameraState> state = Optional.empty();

    CameraTally(CameraId camera) {
        this.camera = camera;
    }

    /** Books the record; gives how many of its frames are new. */
    long settle(Identities record, long seenAtMicros) {
        if (record.epoch() <= lastEndedEpoch) {
            return 0;
        }
        long fresh = epochs.computeIfAbsent(record.epoch(), epoch -> new EpochTally(camera.value(), epoch))
                .settle(record, seenAtMicros);
        endOldEpochs();
        if (fresh > 0) {
            firstCapturedMicros = Math.min(firstCapturedMicros, record.capturedAtUs());
            recent.settled(fresh, seenAtMicros);
            inView = record.faces().stream().map(IdentifiedFace::decision).toList();
            inViewAtMicros = seenAtMicros;
        }
        return fresh;
    }

    void latency(long latencyMicros, long seenAtMicros) {
        recent.latency(latencyMicros, seenAtMicros);
    }

    void state(CameraState newer) {
        state = Optional.of(newer);
    }

    /** Seconds since the camera's first captured frame; 0 before there is one. */
    double secondOf(long capturedAtMicros) {
        return firstCapturedMicros == Long.MAX_VALUE
                ? 0
                : Math.max(0, capturedAtMicros - firstCapturedMicros) / MICROS_PER_SECOND;
    }

    Map<Outcome, Long> outcomes() {
        EnumMap<Outcome, Long> sum = new EnumMap<>(endedOutcomes);
        for (EpochTally epoch : epochs.values()) {
            epoch.ledger().settled().forEach((outcome, frames) -> sum.merge(outcome, frames, Long::sum));
        }
        return sum;
    }

    long settled() {
        return outcomes().values().stream().mapToLong(Long::longValue).sum();
    }

    long missing() {
        return endedMissing
                + epochs.values().stream()
                        .map(EpochTally::ledger)
                        .mapToLong(Ledger::unaccounted)
                        .sum();
    }

    /** Frames settled per second of the time over which the camera was active; 0 when that is no time at all. */
    double framesPerSecond() {
        long active = endedActiveMicros
                + epochs.values().stream().mapToLong(EpochTally::activeMicros).sum();
        return active == 0 ? 0 : settled() * MICROS_PER_SECOND / active;
    }

    CameraSnapshot snapshot(long nowMicros) {
        boolean isRecent = nowMicros - inViewAtMicros <= IN_VIEW_MICROS;
        return new CameraSnapshot(
                camera,
                state.map(CameraState::state).orElse("waiting"),
                state.flatMap(CameraState::cause),
                state.flatMap(CameraState::detail),
                outcomes(),
                missing(),
                recent.framesPerSecond(nowMicros),
                recent.latency(nowMicros),
                isRecent ? inView.stream().map(FaceNow::of).toList() : List.of());
    }

    private void endOldEpochs() {
        while (epochs.size() > OPEN_EPOCHS) {
            Map.Entry<Long, EpochTally> oldest = epochs.pollFirstEntry();
            lastEndedEpoch = oldest.getKey();
            oldest.getValue()
                    .ledger()
                    .settled()
                    .forEach((outcome, frames) -> endedOutcomes.merge(outcome, frames, Long::sum));
            endedMissing += oldest.getValue().ledger().unaccounted();
            endedActiveMicros += oldest.getValue().activeMicros();
        }
    }
}
