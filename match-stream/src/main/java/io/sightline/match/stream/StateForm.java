package io.sightline.match.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sightline.contracts.face.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store's values as JSON, vectors as Base64 of little-endian floats. Fields of later releases are ignored, so a release can go back. */
final class StateForm<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StateForm.class);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule("embedding")
                    .addSerializer(Embedding.class, new EmbeddingWriter())
                    .addDeserializer(Embedding.class, new EmbeddingReader()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Class<T> type;

    StateForm(Class<T> type) {
        this.type = type;
    }

    byte[] encode(T state) {
        try {
            return MAPPER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("state that Jackson cannot write: " + type.getSimpleName(), e);
        }
    }

    /** Empty for bytes that this release cannot read: the state begins anew, with a warning, rather than stop the stage for ever. */
    Optional<T> decode(String camera, byte[] bytes) {
        try {
            return Optional.of(MAPPER.readValue(bytes, type));
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "camera {}: the stored {} cannot be read and begins anew; was it written by a later release?",
                    camera,
                    type.getSimpleName(),
                    e);
            return Optional.empty();
        }
    }

    private static final class EmbeddingWriter extends JsonSerializer<Embedding> {
        @Override
        public void serialize(Embedding embedding, JsonGenerator json, SerializerProvider provider) throws IOException {
            ByteBuffer bytes =
                    ByteBuffer.allocate(embedding.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(embedding.values());
            json.writeBinary(bytes.array());
        }
    }

    private static final class EmbeddingReader extends JsonDeserializer<Embedding> {
        @Override
        public Embedding deserialize(JsonParser json, DeserializationContext context) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(json.getBinaryValue()).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(values);
            return Embedding.adoptUnit(values);
        }
    }
}
