package io.sightline.ingest.publish;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Settlement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settled frames that have not been published, by number: neighbours with one settlement are one run. Bounded by what
 * separates runs, not by how long they wait: while the broker is away, all of a camera's frames end for the same reason.
 * Pure; not thread-safe.
 */
final class RunBuffer {
    private final CameraId camera;
    private final long epoch;
    private final TreeMap<Long, Run> byFirst = new TreeMap<>();

    RunBuffer(CameraId camera, long epoch) {
        this.camera = camera;
        this.epoch = epoch;
    }

    /** Adds one frame; {@code times} are those of the frame, and of its run if it begins one. */
    void add(long seq, FrameTimes times, Settlement settlement, long nowNanos) {
        insert(new Run(seq, 1, times, settlement, nowNanos));
    }

    /** Adds the frames of a record that came back, as settled ones. */
    void putBack(FrameHeader header, Settlement settlement, long nowNanos) {
        insert(new Run(header.id().seq(), header.runLength(), header.times(), settlement, nowNanos));
    }

    boolean isEmpty() {
        return byFirst.isEmpty();
    }

    /** Frames that wait here. */
    long frames() {
        return byFirst.values().stream().mapToLong(Run::length).sum();
    }

    /** The run with the lowest numbers as a record, without removing it. */
    Optional<Frame> first() {
        return Optional.ofNullable(byFirst.firstEntry())
                .map(Map.Entry::getValue)
                .map(run -> run.toFrame(camera, epoch));
    }

    /** Since when the first run waits, nanoseconds on the monotonic clock. */
    Optional<Long> waitsSinceNanos() {
        return Optional.ofNullable(byFirst.firstEntry())
                .map(Map.Entry::getValue)
                .map(Run::sinceNanos);
    }

    /** The first run was handed on. */
    void removeFirst() {
        byFirst.pollFirstEntry();
    }

    private void insert(Run run) {
        Run merged = run;
        Map.Entry<Long, Run> below = byFirst.lowerEntry(run.first);
        if (below != null && below.getValue().isFollowedBy(merged)) {
            merged = below.getValue().and(merged);
        }
        Map.Entry<Long, Run> above = byFirst.higherEntry(run.first);
        if (above != null && merged.isFollowedBy(above.getValue())) {
            byFirst.remove(above.getKey());
            merged = merged.and(above.getValue());
        }
        byFirst.put(merged.first, merged);
    }

    private record Run(long first, int length, FrameTimes times, Settlement settlement, long sinceNanos) {
        boolean isFollowedBy(Run next) {
            return next.first == first + length
                    && settlement.equals(next.settlement)
                    && (long) length + next.length <= Integer.MAX_VALUE;
        }

        Run and(Run next) {
            return new Run(first, length + next.length, times, settlement, sinceNanos);
        }

        Frame toFrame(CameraId camera, long epoch) {
            FrameId id = new FrameId(camera, epoch, first);
            return Frame.settled(new FrameHeader(id, length, times, 0, 0, Optional.of(settlement)));
        }
    }
}
