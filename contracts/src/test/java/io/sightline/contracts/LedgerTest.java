package io.sightline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.SeqRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void frameBelowTheNextNumberIsADuplicateAndCountsOnce() {
        Ledger ledger = Ledger.begin("gate", 1).settle(0, 1, Outcome.NO_FACE).settle(0, 1, Outcome.IDENTIFIED);

        assertThat(ledger.settledTotal()).isEqualTo(1);
        assertThat(ledger.settled()).containsEntry(Outcome.NO_FACE, 1L).containsEntry(Outcome.IDENTIFIED, 0L);
        assertThat(ledger.duplicates()).isEqualTo(1);
    }

    @Test
    void gapIsUnaccountedUntilItIsFilled() {
        Ledger gapped = Ledger.begin("gate", 1).settle(0, 2, Outcome.NO_FACE).settle(5, 6, Outcome.NO_FACE);
        assertThat(gapped.unaccounted()).isEqualTo(3);
        assertThat(gapped.gaps()).containsExactly(new SeqRange(2, 5));

        Ledger partly = gapped.settle(3, 4, Outcome.UNKNOWN);
        assertThat(partly.gaps()).containsExactly(new SeqRange(2, 3), new SeqRange(4, 5));

        Ledger filled = partly.settle(2, 3, Outcome.SHED).settle(4, 5, Outcome.SHED);
        assertThat(filled.unaccounted()).isZero();
        assertThat(filled.duplicates()).isZero();
        assertThat(filled.settledTotal()).isEqualTo(filled.nextSeq());
    }

    /** Against a plain model: a map from number to its first outcome. */
    @Test
    void anyOrderOfRunsAgreesWithAMapOfFirstOutcomes() {
        List<Outcome> outcomes = List.of(Outcome.values());
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<Long, Outcome> model = new HashMap<>();
            Ledger ledger = Ledger.begin("gate", 1);
            long offered = 0;
            for (int step = 0; step < 40; step++) {
                long first = random.nextInt(60);
                long end = first + 1 + random.nextInt(8);
                Outcome outcome = outcomes.get(random.nextInt(outcomes.size()));
                LongStream.range(first, end).forEach(seq -> model.putIfAbsent(seq, outcome));
                ledger = ledger.settle(first, end, outcome);
                offered += end - first;
            }

            assertThat(ledger.settledTotal()).as("seed %d", seed).isEqualTo(model.size());
            assertThat(ledger.duplicates()).as("seed %d", seed).isEqualTo(offered - model.size());
            assertThat(ledger.unaccounted()).as("seed %d", seed).isEqualTo(ledger.nextSeq() - model.size());
            for (Outcome outcome : Outcome.values()) {
                assertThat(ledger.settled().get(outcome))
                        .as("seed %d %s", seed, outcome)
                        .isEqualTo(model.values().stream()
                                .filter(one -> one == outcome)
                                .count());
            }
        }
    }
}
