package io.sightline.runtime.streams;

import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.settings.Masking;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes the dead letter of a record that cannot be used. */
public final class DeadLetters {
    /** A dead letter keeps so much of the record's key. */
    public static final int MAX_KEY_BYTES = 256;

    private static final int MAX_DETAIL_CHARS = 600;

    private DeadLetters() {}

    /**
     * Why a record is set aside.
     *
     * @param reason a word for counting: {@code malformed}, {@code oversize}, {@code failed}, {@code undecodable}
     * @param detail a sentence; it is put on one line and cut, and credentials in it are masked
     */
    public record Cause(String reason, String detail) {
        public Cause {
            String flat = Masking.text(detail.replaceAll("\\p{Cntrl}+", " ").strip());
            detail = flat.length() > MAX_DETAIL_CHARS ? flat.substring(0, MAX_DETAIL_CHARS) + "…" : flat;
        }

        /** With what the exception says, and its kind where the message alone would not tell. */
        public static Cause of(String reason, Throwable exception) {
            return new Cause(reason, sentence(exception));
        }
    }

    /**
     * The dead letter of this record; its value is cut to what a dead letter may hold.
     *
     * @param place where the record came from; absent outside of a topic's processing
     * @param nowMicros UTC
     */
    public static DeadLetter of(
            Stage stage, @Nullable RecordMetadata place, Record<byte[], byte[]> record, Cause cause, long nowMicros) {
        return new DeadLetter(
                stage,
                place == null ? "" : place.topic(),
                place == null ? -1 : place.partition(),
                place == null ? -1 : place.offset(),
                cause.reason(),
                cause.detail(),
                Bytes.wrap(cut(bytes(record.key()))),
                Bytes.wrap(bytes(record.value())),
                nowMicros);
    }

    static String sentence(Throwable exception) {
        String message = exception.getMessage();
        if (message == null || message.isBlank()) {
            return exception.getClass().getSimpleName();
        }
        boolean speaksForItself =
                exception instanceof UnprocessableFrameException || exception instanceof MalformedMessageException;
        return speaksForItself ? message : exception.getClass().getSimpleName() + ": " + message;
    }

    static byte[] bytes(byte @Nullable [] array) {
        return array == null ? Bytes.EMPTY : array;
    }

    private static byte[] cut(byte[] key) {
        return key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
    }
}
