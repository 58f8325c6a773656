package io.sightline.runtime.metrics;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How far a stage is in each partition of its topic. Written by the stream threads, read by whoever measures the lag. Thread-safe. */
public final class StageProgress {
    private final ConcurrentMap<Integer, Place> places = new ConcurrentHashMap<>();

    /**
     * The last record that the stage took from a partition.
     *
     * @param ageMillis how old it was then, by the clock that stamps records; clocks that disagree count as 0
     * @param takenNanos when that was, by {@link System#nanoTime()}
     */
    public record Place(long offset, long ageMillis, long takenNanos) {
        public Place {
            ageMillis = Math.max(0, ageMillis);
        }
    }

    /** The stage takes a record; belongs before the work on it. */
    public void took(int partition, long offset, long ageMillis) {
        places.put(partition, new Place(offset, ageMillis, System.nanoTime()));
    }

    /** Empty before the first record since this instance began. */
    public Optional<Place> in(int partition) {
        return Optional.ofNullable(places.get(partition));
    }
}
