package io.sightline.contracts.ops;

import java.util.Arrays;

/**
 * A record of the topic {@code dead-letters}: what could not be read, where it came from and why. Equality is by content.
 *
 * @param reason a word for counting: {@code malformed}, {@code oversize}, {@code failed}
 * @param detail a sentence; without secrets
 * @param value the bytes as they came, cut to {@link #MAX_VALUE_BYTES}
 */
public record DeadLetter(
        Stage stage,
        String topic,
        int partition,
        long offset,
        String reason,
        String detail,
        byte[] key,
        byte[] value,
        long atMicros) {
    public static final int MAX_VALUE_BYTES = 262_144;

    public DeadLetter {
        if (value.length > MAX_VALUE_BYTES) {
            value = Arrays.copyOf(value, MAX_VALUE_BYTES);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter that
                && stage == that.stage
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && reason.equals(that.reason)
                && detail.equals(that.detail)
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && atMicros == that.atMicros;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value) * 31 + Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return "DeadLetter[" + stage + " " + topic + "-" + partition + "@" + offset + " " + reason + ": " + detail
                + ", " + value.length + " bytes]";
    }
}
