package io.sightline.app.embedded;

import io.sightline.contracts.topic.Topic;

/**
 * What the embedded broker may take of the disk.
 *
 * @param minFreeBytes least free space to start with; less stops the start
 * @param reserveBytes it stops in order when less than this is left, before a write fails in the middle
 * @param partitionBytes the most that one partition keeps, oldest dropped first, whatever the topic's retention says
 */
public record DiskLimits(long minFreeBytes, long reserveBytes, long partitionBytes) {
    private static final long MIB = 1 << 20;

    /** Two of the largest records: a partition keeps at least the segment it writes to. */
    private static final long MIN_SEGMENT_BYTES = 2L * Topic.MAX_RECORD_BYTES;

    private static final long MAX_SEGMENT_BYTES = 32 * MIB;

    public DiskLimits {
        if (reserveBytes < 0 || minFreeBytes < reserveBytes) {
            throw new IllegalArgumentException("disk limits: reserve " + reserveBytes + " and least free space "
                    + minFreeBytes + " bytes; wanted 0 ≤ reserve ≤ least free space");
        }
        if (partitionBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "disk limits: a partition of " + partitionBytes + " bytes; at least " + MIN_SEGMENT_BYTES);
        }
    }

    /** 512 MiB free to start, stopping at 96 MiB, 256 MiB a partition. */
    public static DiskLimits defaults() {
        return new DiskLimits(512 * MIB, 96 * MIB, 256 * MIB);
    }

    /** Segments are small against the partition, so that retention can drop something. */
    long segmentBytes() {
        return Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, partitionBytes / 4));
    }
}
