package io.sightline.contracts.ledger;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sightline.contracts.frame.Outcome;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of the topic {@code ledger}: the account of a camera's epoch as it stood at a moment.
 *
 * @param outcomes frames by outcome's wire name since the epoch began
 * @param isFinal whether the epoch has ended (a newer one has begun)
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LedgerEntry(
        String camera,
        long epoch,
        long atUs,
        long nextSeq,
        Map<String, Long> outcomes,
        long unaccounted,
        long duplicates,
        boolean isFinal) {
    public LedgerEntry {
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }

    public static LedgerEntry of(Ledger ledger, long atMicros, boolean isFinal) {
        Map<String, Long> outcomes = new TreeMap<>();
        for (Map.Entry<Outcome, Long> entry : ledger.settled().entrySet()) {
            outcomes.put(entry.getKey().wireName(), entry.getValue());
        }
        return new LedgerEntry(
                ledger.camera(),
                ledger.epoch(),
                atMicros,
                ledger.nextSeq(),
                outcomes,
                ledger.unaccounted(),
                ledger.duplicates(),
                isFinal);
    }
}
