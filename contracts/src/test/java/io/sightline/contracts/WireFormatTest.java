package io.sightline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.JsonCodec;
import io.sightline.contracts.wire.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wire forms of version 1: golden bytes, round trips, schemas, and what damaged bytes get. */
class WireFormatTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestFactory
    List<DynamicTest> bytesOfVersion1StillRead() {
        return each((name, sample) -> {
            byte[] golden = golden(name, sample);

            assertThat(sample.topic().codec().decode(golden)).isEqualTo(sample.message());
        });
    }

    /** Bytes may only change by added fields; then a new golden file is added beside the old one. */
    @TestFactory
    List<DynamicTest> bytesWrittenAreThoseOfVersion1() {
        return each((name, sample) -> {
            byte[] golden = golden(name, sample);

            if (isJson(sample)) {
                assertThat(MAPPER.readTree(sample.encoded())).isEqualTo(MAPPER.readTree(golden));
            } else {
                assertThat(sample.encoded()).isEqualTo(golden);
            }
        });
    }

    @TestFactory
    List<DynamicTest> everyJsonTopicFollowsItsSchemaAndTheSchemaKnowsEveryField() {
        return each((name, sample) -> {
            if (isJson(sample)) {
                JsonNode schemaNode = schema(sample.topic());
                JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schemaNode);
                JsonNode message = MAPPER.readTree(sample.encoded());

                assertThat(schema.validate(message)).isEmpty();
                message.fieldNames()
                        .forEachRemaining(
                                field -> assertThat(schemaNode.at("/properties").has(field))
                                        .as("the schema of %s knows %s", sample.topic(), field)
                                        .isTrue());
            }
        });
    }

    @TestFactory
    List<DynamicTest> truncatedOrDamagedBytesAreMalformedAndNothingElse() {
        return each((name, sample) -> {
            byte[] bytes = sample.encoded();
            Random random = new Random(7);
            for (int round = 0; round < 300; round++) {
                byte[] damaged = Arrays.copyOf(bytes, round % 3 == 0 ? random.nextInt(bytes.length) : bytes.length);
                for (int flips = 0; flips < 1 + round % 4 && damaged.length > 0; flips++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(sample.topic().codec().decode(damaged)).isNotNull();
                } catch (MalformedMessageException expected) {
                    assertThat(expected).hasMessageNotContaining("\n\n");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(QualityFlaw.class)
    void flawOfAFaceComesBackFromTheWire(QualityFlaw flaw) {
        Quality quality = new Quality(17, 0, 2.5f, 0.25f, Optional.of(flaw));
        Embeddings sent = Samples.embeddingsOf(quality);

        Embeddings read =
                Topics.EMBEDDINGS.codec().decode(Topics.EMBEDDINGS.codec().encode(sent));

        assertThat(read).isEqualTo(sent);
    }

    @Test
    void settledFrameWithPictureTellsWhichFrameItWas() {
        var wire = io.sightline.contracts.wire.v1.Frame.newBuilder();
        try {
            wire.mergeFrom(Topics.FRAMES.codec().encode(Frame.settled(Samples.RUN)));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        byte[] contradictory = wire.setJpeg(com.google.protobuf.ByteString.copyFromUtf8("x"))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> Topics.FRAMES.codec().decode(contradictory))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.header()).isEqualTo(Optional.of(Samples.RUN)));
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() {
        var codec = new JsonCodec<>(io.sightline.contracts.ledger.Settled.class);
        byte[] later = "{\"camera\":\"a\",\"epoch\":1,\"last_seq\":2,\"latency_ms\":3.5,\"at_us\":4,\"new_field\":{}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(later)).isEqualTo(new io.sightline.contracts.ledger.Settled("a", 1, 2, 3.5, 4));
    }

    @Test
    void jsonThatLacksANumberIsMalformed() {
        byte[] lacking = "{\"camera\":\"a\",\"epoch\":1,\"last_seq\":null}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Topics.SETTLED.codec().decode(lacking))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("no JSON Settled");
    }

    private interface Check {
        void run(String name, Samples.Sample<?> sample) throws IOException;
    }

    private static List<DynamicTest> each(Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, Samples.Sample<?>> entry : Samples.all().entrySet()) {
            tests.add(DynamicTest.dynamicTest(entry.getKey(), () -> check.run(entry.getKey(), entry.getValue())));
        }
        return tests;
    }

    private static boolean isJson(Samples.Sample<?> sample) {
        return sample.topic().codec() instanceof JsonCodec<?>;
    }

    private static JsonNode schema(Topic<?> topic) throws IOException {
        return MAPPER.readTree(resource("/schema/" + topic.shortName() + ".v1.schema.json"));
    }

    private static byte[] golden(String name, Samples.Sample<?> sample) throws IOException {
        if (isJson(sample)) {
            return resource("/golden/v1/" + name + ".json");
        }
        String hex = new String(resource("/golden/v1/" + name + ".hex"), StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = WireFormatTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no resource " + path);
            }
            return in.readAllBytes();
        }
    }
}
