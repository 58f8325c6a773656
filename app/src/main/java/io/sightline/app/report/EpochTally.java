package io.sightline.app.report;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.ledger.Ledger;

/** One epoch of a camera, booked by the shared {@link Ledger}, with the time over which it was active. Belongs to one thread. */
final class EpochTally {
    private Ledger ledger;
    private long firstReceivedMicros = Long.MAX_VALUE;
    private long lastSettledMicros = Long.MIN_VALUE;

    EpochTally(String camera, long epoch) {
        this.ledger = Ledger.begin(camera, epoch);
    }

    /** Books the record; gives how many of its frames were not booked before. */
    long settle(Identities record, long seenAtMicros) {
        long before = ledger.settledTotal();
        ledger = ledger.settle(record.seq(), record.seq() + record.frames(), Outcome.ofWireName(record.outcome()));
        firstReceivedMicros = Math.min(firstReceivedMicros, record.receivedAtUs());
        long settledAt = record.decidedAtUs() > 0 ? record.decidedAtUs() : seenAtMicros;
        lastSettledMicros = Math.max(lastSettledMicros, settledAt);
        return ledger.settledTotal() - before;
    }

    Ledger ledger() {
        return ledger;
    }

    /** From the first frame's receipt to the last decision. */
    long activeMicros() {
        return Math.max(0, lastSettledMicros - firstReceivedMicros);
    }
}
