package io.sightline.match.stream;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A camera's ledgers: of the epoch that goes on and of a few before it, so that what a crashed stage sends again is known to be a duplicate.
 *
 * @param ledgers oldest epoch first; at most {@link #EPOCHS_KEPT}
 * @param unpublished epochs whose ledger has changed since it was published
 * @param publishedAtMicros when the last one was published
 * @param settledAtMicros when the last frame was settled
 */
record CameraBooks(
        String camera, List<Ledger> ledgers, List<Long> unpublished, long publishedAtMicros, long settledAtMicros) {
    static final int EPOCHS_KEPT = 4;

    CameraBooks {
        ledgers = List.copyOf(ledgers);
        unpublished = List.copyOf(unpublished);
    }

    static CameraBooks open(String camera, long nowMicros) {
        return new CameraBooks(camera, List.of(), List.of(), nowMicros, nowMicros);
    }

    Optional<Ledger> current() {
        return ledgers.isEmpty() ? Optional.empty() : Optional.of(ledgers.get(ledgers.size() - 1));
    }

    Optional<Ledger> of(long epoch) {
        return ledgers.stream().filter(ledger -> ledger.epoch() == epoch).findFirst();
    }

    boolean begins(long epoch) {
        return current().map(ledger -> epoch > ledger.epoch()).orElse(true);
    }

    /** With an empty ledger for a new epoch; the oldest one beyond the limit is forgotten. */
    CameraBooks withEpoch(long epoch) {
        List<Ledger> longer = new ArrayList<>(ledgers);
        longer.add(Ledger.begin(camera, epoch));
        return new CameraBooks(
                camera,
                longer.subList(Math.max(0, longer.size() - EPOCHS_KEPT), longer.size()),
                unpublished,
                publishedAtMicros,
                settledAtMicros);
    }

    /** Which of a record's frames have not been settled; throws {@link java.util.NoSuchElementException} for an unknown epoch. */
    List<SeqRange> fresh(FrameHeader header) {
        return ledger(header).fresh(header.id().seq(), header.lastSeq() + 1);
    }

    CameraBooks settle(FrameHeader header, Outcome outcome, long nowMicros) {
        Ledger before = ledger(header);
        Ledger after = before.settle(header.id().seq(), header.lastSeq() + 1, outcome);
        List<Ledger> changed = ledgers.stream()
                .map(ledger -> ledger.epoch() == after.epoch() ? after : ledger)
                .toList();
        List<Long> news = new ArrayList<>(unpublished);
        if (!news.contains(after.epoch())) {
            news.add(after.epoch());
        }
        return new CameraBooks(camera, changed, news, publishedAtMicros, nowMicros);
    }

    CameraBooks published(long nowMicros) {
        return new CameraBooks(camera, ledgers, List.of(), nowMicros, settledAtMicros);
    }

    boolean hasNews() {
        return !unpublished.isEmpty();
    }

    private Ledger ledger(FrameHeader header) {
        return of(header.id().epoch()).orElseThrow();
    }
}
