package io.sightline.tests.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.JsonCodec;
import io.sightline.contracts.wire.v1.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The archive of schemas that the build publishes beside the contracts. */
class SchemasArchiveIT {
    private static final Path SOURCES = Path.of("..", "contracts", "src", "main");
    private static final SchemasArchive ARCHIVE = SchemasArchive.built();

    @Test
    void archiveHoldsTheSchemasOfEveryTopicAndNothingElse() {
        List<String> json = Topics.all().stream()
                .filter(topic -> topic.codec() instanceof JsonCodec<?>)
                .map(topic -> "json/" + topic.shortName() + ".v1.schema.json")
                .toList();

        assertThat(ARCHIVE.files().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                json.stream(),
                                Stream.of(
                                        "VERSION",
                                        "LICENSE",
                                        "sightline.v1.binpb",
                                        "proto/sightline/v1/sightline.proto"))
                        .toList());
    }

    @Test
    void schemasAreTheSourcesByteForByte() throws IOException {
        Map<String, byte[]> expected = new TreeMap<>();
        try (Stream<Path> schemas = Files.list(SOURCES.resolve("resources/schema"))) {
            for (Path schema : schemas.toList()) {
                expected.put("json/" + schema.getFileName(), Files.readAllBytes(schema));
            }
        }
        String proto = "proto/sightline/v1/sightline.proto";
        expected.put(proto, Files.readAllBytes(SOURCES.resolve(proto)));

        expected.forEach(
                (name, bytes) -> assertThat(ARCHIVE.files().get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void compiledProtoIsWhatTheBuildCompiled() throws IOException {
        FileDescriptorProto.Builder file =
                FileDescriptorSet.parseFrom(ARCHIVE.files().get("sightline.v1.binpb")).getFile(0).toBuilder();
        // protoc writes these into the file only; they follow from the fields' names.
        file.getMessageTypeBuilderList()
                .forEach(message -> message.getFieldBuilderList().forEach(FieldDescriptorProto.Builder::clearJsonName));

        assertThat(file.build()).isEqualTo(Frame.getDescriptor().getFile().toProto());
    }

    @Test
    void versionStandsInItsNameItsFolderAndAFile() throws IOException {
        Matcher version = Pattern.compile("<artifactId>sightline</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(ARCHIVE.path().getFileName()).hasToString("contracts-" + version.group(1) + "-schemas.zip");
        assertThat(ARCHIVE.folder()).isEqualTo("sightline-schemas-" + version.group(1) + "/");
        assertThat(new String(ARCHIVE.files().get("VERSION"), StandardCharsets.UTF_8))
                .isEqualTo(version.group(1) + "\n");
    }

    /** What would differ between two builds: times, and the order in which a folder happens to be listed. */
    @Test
    void everyEntryHasTheBuildsTimeAndFoldersAreListedByName() {
        List<ZipEntry> entries = ARCHIVE.entries();

        assertThat(entries).extracting(ZipEntry::getTimeLocal).containsOnly(LocalDateTime.of(2026, 1, 1, 0, 0));
        assertThat(entries)
                .extracting(ZipEntry::getName)
                .filteredOn(name -> name.contains("/json/"))
                .isSorted();
    }
}
