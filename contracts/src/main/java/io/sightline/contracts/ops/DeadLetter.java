package io.sightline.contracts.ops;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * A record of the topic {@code dead-letters}: what could not be read, where it came from and why.
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
        Bytes key,
        Bytes value,
        long atMicros) {
    public static final int MAX_VALUE_BYTES = 262_144;

    public DeadLetter {
        if (value.get().length > MAX_VALUE_BYTES) {
            value = Bytes.wrap(Arrays.copyOf(value.get(), MAX_VALUE_BYTES));
        }
    }

    @Override
    public String toString() {
        return "DeadLetter[" + stage + " " + topic + "-" + partition + "@" + offset + " " + reason + ": " + detail
                + ", " + value.get().length + " bytes]";
    }
}
