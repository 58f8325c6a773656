package io.sightline.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.Optional;

/** JSON by Jackson: UTF-8, fields of later versions ignored, fields that must be there demanded. */
public final class JsonCodec<T> implements MessageCodec<T> {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Class<T> type;

    public JsonCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public byte[] encode(T message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " that Jackson cannot write", e);
        }
    }

    @Override
    public T decode(byte[] bytes) {
        try {
            T message = MAPPER.readValue(bytes, type);
            if (message == null) {
                throw new MalformedMessageException("JSON null is no " + type.getSimpleName(), Optional.empty(), null);
            }
            return message;
        } catch (IOException | RuntimeException e) {
            if (e instanceof MalformedMessageException malformed) {
                throw malformed;
            }
            throw new MalformedMessageException(
                    bytes.length + " bytes are no JSON " + type.getSimpleName() + ": " + firstLine(e),
                    Optional.empty(),
                    e);
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("");
    }
}
