package io.sightline.contracts.wire;

/** One message type's form on the wire. Thread-safe. */
public interface MessageCodec<T> {
    byte[] encode(T message);

    /** Throws {@link MalformedMessageException} for bytes that are not such a message. */
    T decode(byte[] bytes);
}
