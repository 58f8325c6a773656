package io.sightline.contracts.ledger;

/** Sequence numbers from {@code first} up to, not including, {@code end}. */
public record SeqRange(long first, long end) {
    public SeqRange {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("range of sequence numbers " + first + " to " + end);
        }
    }

    public long length() {
        return end - first;
    }
}
