package io.sightline.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sightline.contracts.frame.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The account of one camera's epoch. A sequence number below {@code nextSeq} that no gap holds is a duplicate and is
 * ignored; a gap counts as unaccounted until it is filled.
 *
 * @param nextSeq the next number expected: all below it are settled, or stand in {@code gaps}
 * @param settled frames by outcome; every outcome has an entry
 * @param gaps the numbers below {@code nextSeq} that never came, ascending
 * @param duplicates frames that came again
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Ledger(
        String camera, long epoch, long nextSeq, Map<Outcome, Long> settled, List<SeqRange> gaps, long duplicates) {
    public Ledger {
        EnumMap<Outcome, Long> complete = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            complete.put(outcome, settled.getOrDefault(outcome, 0L));
        }
        settled = Collections.unmodifiableMap(complete);
        gaps = List.copyOf(gaps);
    }

    public static Ledger begin(String camera, long epoch) {
        return new Ledger(camera, epoch, 0, Map.of(), List.of(), 0);
    }

    /** Frames that should have come and did not: must be 0. */
    @JsonIgnore
    public long unaccounted() {
        return gaps.stream().mapToLong(SeqRange::length).sum();
    }

    @JsonIgnore
    public long settledTotal() {
        return settled.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Which of the numbers from {@code first} up to {@code end} have not been settled: none if all are duplicates. */
    public List<SeqRange> fresh(long first, long end) {
        List<SeqRange> fresh = new ArrayList<>();
        for (SeqRange gap : gaps) {
            long from = Math.max(first, gap.first());
            long to = Math.min(end, gap.end());
            if (from < to) {
                fresh.add(new SeqRange(from, to));
            }
        }
        long from = Math.max(first, nextSeq);
        if (from < end) {
            fresh.add(new SeqRange(from, end));
        }
        return fresh;
    }

    /**
     * Books the frames {@code first} to {@code end} (not included) with their outcome. Numbers booked before are counted as duplicates
     * and change nothing else.
     */
    public Ledger settle(long first, long end, Outcome outcome) {
        long booked = fresh(first, end).stream().mapToLong(SeqRange::length).sum();
        List<SeqRange> remaining = new ArrayList<>();
        for (SeqRange gap : gaps) {
            if (gap.first() < Math.min(first, gap.end())) {
                remaining.add(new SeqRange(gap.first(), Math.min(first, gap.end())));
            }
            if (Math.max(end, gap.first()) < gap.end()) {
                remaining.add(new SeqRange(Math.max(end, gap.first()), gap.end()));
            }
        }
        if (first > nextSeq) {
            remaining.add(new SeqRange(nextSeq, first));
        }
        EnumMap<Outcome, Long> counts = new EnumMap<>(settled);
        counts.merge(outcome, booked, Long::sum);
        return new Ledger(
                camera, epoch, Math.max(nextSeq, end), counts, remaining, duplicates + (end - first) - booked);
    }
}
