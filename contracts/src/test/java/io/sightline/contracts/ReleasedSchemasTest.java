package io.sightline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.JsonCodec;
import io.sightline.contracts.wire.v1.Frame;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A consumer that was written for the last release still reads what is written today. The second half breaks the schemas on purpose, once
 * in each way, and sees that the first half would not let it pass.
 */
class ReleasedSchemasTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ReleasedSchemas RELEASED = ReleasedSchemas.last();

    @ParameterizedTest
    @MethodSource("releasedNames")
    void jsonTopicKeepsWhatItPromised(String name) {
        assertThat(ReleasedSchemas.currentNames()).contains(name);
        assertThat(SchemaChanges.breaches(RELEASED.json(name), ReleasedSchemas.currentJson(name)))
                .isEmpty();
    }

    @Test
    void protoKeepsWhatItPromised() {
        assertThat(ProtoChanges.breaches(RELEASED.proto(), current())).isEmpty();
    }

    @Test
    void everyJsonTopicHasASchemaAndNothingElseHas() {
        assertThat(ReleasedSchemas.currentNames())
                .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                        .filter(topic -> topic.codec() instanceof JsonCodec<?>)
                        .map(ReleasedSchemasTest::nameOf)
                        .toList());
    }

    @Test
    void whatWasReleasedIsNeverChanged() {
        assertThat(ReleasedSchemas.all())
                .isNotEmpty()
                .allSatisfy(release -> assertThat(release.sumsNow()).isEqualTo(release.sumsThen()));
    }

    @TestFactory
    Stream<DynamicTest> messageOfTodayFollowsTheReleasedSchemaAndTodays() {
        return Samples.all().entrySet().stream()
                .filter(sample -> sample.getValue().topic().codec() instanceof JsonCodec<?>)
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    String name = nameOf(sample.getValue().topic());
                    JsonNode message = MAPPER.readTree(sample.getValue().encoded());

                    assertThat(complaints(RELEASED.json(name), message)).isEmpty();
                    assertThat(complaints(ReleasedSchemas.currentJson(name), message))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> breachOfAJsonTopicIsTold() {
        return Stream.of(
                schemaBreach(
                        "a field that goes",
                        schema -> properties(schema).remove("quality"),
                        "/quality: the field is gone"),
                schemaBreach(
                        "a field of another type",
                        schema -> property(schema, "last_seq").put("type", "string"),
                        "/last_seq: type was \"integer\" and is \"string\""),
                schemaBreach(
                        "a field that need not be there any more",
                        schema -> required(schema).remove(0),
                        "/sighting_id: the field was always there and no longer is"),
                schemaBreach(
                        "a field that older records lack",
                        schema -> required(schema).add("picture"),
                        "/picture: the field is required, and records that were written before lack it"),
                schemaBreach(
                        "a word that goes",
                        schema -> words(schema, "change").remove(0),
                        "/change: the word opened is gone"),
                schemaBreach(
                        "a narrower range",
                        schema -> property(schema, "frames").put("minimum", 1),
                        "/frames: minimum was 0 and is 1"),
                schemaBreach(
                        "a wider range",
                        schema -> property(schema, "quality").remove("maximum"),
                        "/quality: maximum was 1 and is not there"),
                schemaBreach(
                        "a nested field that goes",
                        schema -> properties(property(schema, "person")).remove("id"),
                        "/person/id: the field is gone"),
                schemaBreach(
                        "no room for fields to come",
                        schema -> schema.put("additionalProperties", false),
                        "/: additionalProperties was not there and is false"),
                schemaBreach(
                        "alternatives that change",
                        schema -> ((ArrayNode) schema.path("oneOf")).remove(0),
                        "/: oneOf was "));
    }

    @Test
    void kindOfDecisionThatGoesIsToldAndWhatIsBehindReferencesIsSeen() {
        String name = nameOf(Topics.IDENTITIES);
        ObjectNode changed = ReleasedSchemas.currentJson(name).deepCopy();
        ArrayNode kinds = (ArrayNode) changed.at("/$defs/decision/oneOf");
        ((ObjectNode) kinds.path(0).at("/properties/receipt/properties")).remove("threshold");
        kinds.remove(1);

        assertThat(SchemaChanges.breaches(RELEASED.json(name), changed))
                .contains(
                        "/faces[]/decision: the kind unknown is gone",
                        "/faces[]/decision(known)/receipt/threshold: the field is gone");
    }

    @Test
    void newFieldsWordsAndExplanationsAreNoBreach() {
        ObjectNode changed = sightings();
        properties(changed).putObject("zone").put("type", "string");
        words(changed, "change").add("merged");
        property(changed, "frames").put("description", "In other words.");

        assertThat(SchemaChanges.breaches(RELEASED.json(nameOf(Topics.SIGHTINGS)), changed))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> breachOfTheProtoIsTold() {
        return Stream.of(
                protoBreach(
                        "a field of another number",
                        frame -> frame.getFieldBuilder(1).setNumber(9),
                        "Frame.jpeg: gone without 'reserved 2; reserved \"jpeg\";'"),
                protoBreach(
                        "a field that goes",
                        frame -> frame.removeField(1),
                        "Frame.jpeg: gone without 'reserved 2; reserved \"jpeg\";'"),
                protoBreach(
                        "a field of another type",
                        frame -> frame.getFieldBuilder(1).setType(FieldDescriptorProto.Type.TYPE_STRING),
                        "Frame.jpeg: type was TYPE_BYTES and is TYPE_STRING"),
                protoBreach(
                        "a field of another name",
                        frame -> frame.getFieldBuilder(1).setName("png"),
                        "Frame.jpeg = 2: name was jpeg and is png"),
                protoBreach(
                        "a field of another label",
                        frame -> frame.getFieldBuilder(1).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED),
                        "Frame.jpeg: label was LABEL_OPTIONAL and is LABEL_REPEATED"),
                protoBreach(
                        "a number used again",
                        frame -> frame.removeField(1)
                                .addReservedName("jpeg")
                                .addField(field("png", 2, FieldDescriptorProto.Type.TYPE_INT32)),
                        "Frame.jpeg = 2: name was jpeg and is png"));
    }

    @Test
    void messageAndWordThatGoAreTold() {
        FileDescriptorProto.Builder file = current().toBuilder();
        file.getEnumTypeBuilder(0).removeValue(4);
        file.removeMessageType(indexOf(file, "DeadLetter"));

        assertThat(ProtoChanges.breaches(RELEASED.proto(), file.build()))
                .containsExactly(
                        "DeadLetter: the message is gone",
                        "TimeSource.TIME_SOURCE_FILE: gone without 'reserved 4; reserved \"TIME_SOURCE_FILE\";'");
    }

    @Test
    void newFieldAndOneThatLeavesItsPlaceReservedAreNoBreachButTheReservationMustStay() {
        FileDescriptorProto.Builder file = current().toBuilder();
        DescriptorProto.Builder frame = file.getMessageTypeBuilder(indexOf(file, "Frame"));
        frame.removeField(1)
                .addReservedName("jpeg")
                .addReservedRange(ReservedRange.newBuilder().setStart(2).setEnd(3))
                .addField(field("avif", 3, FieldDescriptorProto.Type.TYPE_BYTES));
        FileDescriptorProto reserving = file.build();
        frame.clearReservedName().clearReservedRange();

        assertThat(ProtoChanges.breaches(RELEASED.proto(), reserving)).isEmpty();
        assertThat(ProtoChanges.breaches(reserving, file.build()))
                .containsExactly(
                        "Frame: the name jpeg is no longer reserved", "Frame: the number 2 is no longer reserved");
    }

    private static List<String> releasedNames() {
        return RELEASED.names();
    }

    private static DynamicTest schemaBreach(String what, Consumer<ObjectNode> change, String told) {
        return DynamicTest.dynamicTest(what, () -> {
            ObjectNode changed = sightings();

            change.accept(changed);

            assertThat(SchemaChanges.breaches(RELEASED.json(nameOf(Topics.SIGHTINGS)), changed))
                    .singleElement()
                    .asString()
                    .startsWith(told);
        });
    }

    private static DynamicTest protoBreach(String what, Consumer<DescriptorProto.Builder> change, String told) {
        return DynamicTest.dynamicTest(what, () -> {
            FileDescriptorProto.Builder file = current().toBuilder();

            change.accept(file.getMessageTypeBuilder(indexOf(file, "Frame")));

            assertThat(ProtoChanges.breaches(RELEASED.proto(), file.build())).contains(told);
        });
    }

    private static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    private static int indexOf(FileDescriptorProto.Builder file, String message) {
        return file.getMessageTypeList().stream()
                .map(DescriptorProto::getName)
                .toList()
                .indexOf(message);
    }

    private static FileDescriptorProto current() {
        return Frame.getDescriptor().getFile().toProto();
    }

    private static ObjectNode sightings() {
        return ReleasedSchemas.currentJson(nameOf(Topics.SIGHTINGS)).deepCopy();
    }

    private static ObjectNode properties(JsonNode schema) {
        return (ObjectNode) schema.path("properties");
    }

    private static ObjectNode property(JsonNode schema, String name) {
        return (ObjectNode) properties(schema).path(name);
    }

    private static ArrayNode required(JsonNode schema) {
        return (ArrayNode) schema.path("required");
    }

    private static ArrayNode words(JsonNode schema, String name) {
        return (ArrayNode) property(schema, name).path("enum");
    }

    private static String nameOf(Topic<?> topic) {
        return topic.shortName() + ".v1.schema.json";
    }

    private static List<String> complaints(JsonNode schema, JsonNode message) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(message)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
