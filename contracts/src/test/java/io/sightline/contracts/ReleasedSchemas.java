package io.sightline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The schemas of the last release, beside those of today. */
record ReleasedSchemas(Path folder) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path ALL = Path.of("src", "test", "resources", "released");
    private static final Path CURRENT = Path.of("src", "main", "resources", "schema");
    private static final String SUMS = "SHA256SUMS";

    /** Of the folder with the highest number. */
    static ReleasedSchemas last() {
        return all().get(all().size() - 1);
    }

    /** Oldest first. */
    static List<ReleasedSchemas> all() {
        try (Stream<Path> entries = Files.list(ALL)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(
                            folder -> Integer.parseInt(folder.getFileName().toString())))
                    .map(ReleasedSchemas::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the JSON topics' schemas, such as {@code sightings.v1.schema.json}. */
    List<String> names() {
        return names(folder.resolve("json"));
    }

    static List<String> currentNames() {
        return names(CURRENT);
    }

    JsonNode json(String name) {
        return json(folder.resolve("json"), name);
    }

    static JsonNode currentJson(String name) {
        return json(CURRENT, name);
    }

    /** The one file of the compiled {@code .proto}. */
    FileDescriptorProto proto() {
        try {
            return FileDescriptorSet.parseFrom(Files.readAllBytes(folder.resolve("sightline.v1.binpb")))
                    .getFile(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each file's sum and name, as they were written down with the release. */
    List<String> sumsThen() {
        return text(folder.resolve(SUMS)).lines().toList();
    }

    List<String> sumsNow() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(SUMS))
                    .map(file -> sum(file) + "  "
                            + folder.relativize(file).toString().replace('\\', '/'))
                    .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(Path schemas) {
        try (Stream<Path> files = Files.list(schemas)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path schemas, String name) {
        try {
            return MAPPER.readTree(text(schemas.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
