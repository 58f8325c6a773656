package io.sightline.tests.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.tests.servers.RequiredServer;
import io.sightline.tests.servers.TestAuthority;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TopicRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs and commands of {@code docs/consumers.md}, as they stand there, against topics that a running Sightline has written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ConsumersIT {
    private static final String CONSOLE = "org.apache.kafka.tools.consumer.ConsoleConsumer";
    private static final String ACLS = "org.apache.kafka.tools.AclCommand";
    private static final String ROWS = "import sqlite3, sys\n"
            + "for row in sqlite3.connect(sys.argv[1]).execute("
            + "'SELECT camera, epoch, seq, track, name FROM seen ORDER BY camera, epoch, seq, track'): print(*row)";

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private TestBroker broker;
    private Planted planted;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the servers
    ConsumersIT() {}

    @BeforeAll
    void watchForAWhile() throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("front-desk"));
        Files.copy(authority.issue("front-desk"), folder.resolve("front-desk/client.pem"));
        broker = TestBroker.withTopicsAndTls(folder, 4, authority);
        open.add(broker);
        planted = new Planted(broker.connection());
        open.add(planted);
        CameraRun.Result run = WatchedNews.watch(broker, folder);
        assertThat(run.report().sightings())
                .extracting(line -> line.person().orElse(""))
                .contains("Presenter", "Guest");
        for (List<String> command : ConsumersPage.commands("kafka-acls")) {
            try (ExampleProcess tool = ExampleProcess.tool(ACLS, here(command))) {
                assertThat(tool.awaitEnd()).as("%s", tool).isZero();
            }
        }
    }

    /** In the reverse order; also where a tool was missing and only some were opened. */
    @AfterAll
    void stop() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable opened : open) {
            opened.close();
        }
    }

    @Test
    void javaProgramPrintsEveryVisitInOrder() throws IOException {
        List<String> visits =
                told(Topics.SIGHTINGS).stream().map(ConsumersIT::lineOf).toList();

        try (ExampleProcess program = ExampleProcess.java("Sightings.java", settings("consumer", "every"))) {
            program.await("every visit", () -> visitsIn(program).size() >= visits.size());
            program.stop();

            assertThat(visits).isNotEmpty();
            for (String camera : WatchedNews.CAMERAS) {
                assertThat(of(camera, visitsIn(program)))
                        .isEqualTo(of(camera, visits))
                        .hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void javaProgramGoesOnAfterTheLastVisitThatItPrinted() throws Exception {
        Path settings = settings("consumer", "resume");
        planted.visit("before");
        try (ExampleProcess program = ExampleProcess.java("Sightings.java", settings)) {
            int records = records(Topics.SIGHTINGS);
            program.await("all there is", () -> handled(program) == records);
            program.stop();
        }
        planted.visit("meanwhile");

        try (ExampleProcess program = ExampleProcess.java("Sightings.java", settings)) {
            program.awaitLine(line -> line.contains(" meanwhile "));
            program.stop();

            assertThat(program.lines()).singleElement().asString().contains(" meanwhile is Somebody s-meanwhile 0.70");
        }
    }

    @Test
    void pythonProgramKeepsEveryRecognisedFaceOnceThoughItReadsTheTopicTwice() throws Exception {
        RequiredServer.PYTHON_KAFKA.require();
        Path database = folder.resolve("twice.db");
        List<String> faces = recognised();

        for (String time : List.of("first", "again")) {
            planted.frameInEveryPartition(time);
            try (ExampleProcess program =
                    ExampleProcess.python("identities.py", settings("consumer", time), database)) {
                program.await(
                        "the last of each partition",
                        () -> rows(database).stream()
                                        .filter(row -> row.startsWith(time))
                                        .count()
                                == 4);
                assertThat(program.stop()).as("%s", program).isZero();
            }
        }

        assertThat(faces).isNotEmpty();
        assertThat(ofTheCameras(rows(database))).containsExactlyInAnyOrderElementsOf(faces);
    }

    @Test
    void recordsThatAreNotOursAndWordsOfLaterVersionsStopNobody() throws Exception {
        RequiredServer.PYTHON_KAFKA.require();
        for (Topic<?> topic : List.of(Topics.SIGHTINGS, Topics.IDENTITIES)) {
            planted.bytes(topic, new byte[] {0, -1, 7});
            planted.bytes(topic, new byte[0]);
            planted.bytes(topic, null);
            planted.json(topic, "[]");
            planted.json(topic, "{\"camera\":\"half\"}");
        }
        planted.json(
                Topics.SIGHTINGS,
                "{\"sighting_id\":\"s-9\",\"change\":\"split\",\"camera\":\"later\",\"to_us\":0,\"zone\":{\"id\":1}}");
        planted.json(
                Topics.IDENTITIES,
                "{\"camera\":\"later\",\"epoch\":1,\"seq\":1,\"captured_at_us\":1,\"faces\":"
                        + "[{\"track\":\"t\",\"decision\":{\"kind\":\"guessed\",\"person\":{\"id\":\"p\"}}}]}");
        planted.visit("after");
        Path database = folder.resolve("odd.db");

        try (ExampleProcess java = ExampleProcess.java("Sightings.java", settings("consumer", "odd.java"));
                ExampleProcess python = ExampleProcess.python("identities.py", settings("consumer", "odd"), database)) {
            java.awaitLine(line -> line.contains(" after is Somebody "));
            python.await(
                    "the frame after them", () -> rows(database).stream().anyMatch(row -> row.startsWith("after ")));

            assertThat(java.lines()).anyMatch(line -> line.contains(" later is "));
            assertThat(java.errors())
                    .filteredOn(line -> line.endsWith("is no sighting"))
                    .hasSizeGreaterThanOrEqualTo(5);
            assertThat(python.errors())
                    .filteredOn(line -> line.endsWith("is no frame"))
                    .hasSizeGreaterThanOrEqualTo(5);
            assertThat(rows(database)).noneMatch(row -> row.startsWith("later "));
        }
    }

    @Test
    void whatWasRolledBackIsSeenByNobody() throws Exception {
        RequiredServer.PYTHON_KAFKA.require();
        planted.rolledBackVisit("ghost");
        planted.visit("solid");
        Path database = folder.resolve("ghost.db");

        try (ExampleProcess java = ExampleProcess.java("Sightings.java", settings("consumer", "ghost.java"));
                ExampleProcess python =
                        ExampleProcess.python("identities.py", settings("consumer", "ghost"), database)) {
            java.awaitLine(line -> line.contains(" solid "));
            python.await("the frame after it", () -> rows(database).stream().anyMatch(row -> row.startsWith("solid ")));

            assertThat(java.lines()).noneMatch(line -> line.contains(" ghost "));
            assertThat(rows(database)).noneMatch(row -> row.startsWith("ghost "));
        }
    }

    @Test
    void consoleShowsCamerasAndAccountsAsTheirSchemasSay() throws IOException {
        for (Topic<?> topic : List.of(Topics.CAMERAS, Topics.LEDGER)) {
            List<String> command = ConsumersPage.commands("kafka-console-consumer").stream()
                    .filter(words -> words.contains(topic.name()))
                    .findFirst()
                    .orElseThrow();
            int records = records(topic);

            try (ExampleProcess console = ExampleProcess.tool(CONSOLE, here(command))) {
                console.await("all there is", () -> console.lines().size() >= records);

                JsonSchema schema = schema(topic);
                assertThat(records).isPositive();
                assertThat(console.lines())
                        .allSatisfy(
                                line -> assertThat(schema.validate(json(line))).isEmpty());
                assertThat(console.lines())
                        .extracting(line -> json(line).path("camera").asText())
                        .contains("studio", "replay");
            }
        }
    }

    @Test
    void pythonProgramReadsTheVectorsByTheArchivesCompiledProto() throws IOException {
        RequiredServer.PYTHON_KAFKA.require();
        List<String> vectors =
                told(Topics.EMBEDDINGS).stream().flatMap(ConsumersIT::vectorsOf).toList();
        Path compiled = Files.write(
                folder.resolve("sightline.v1.binpb"),
                SchemasArchive.built().files().get("sightline.v1.binpb"));

        try (ExampleProcess program = ExampleProcess.python("vectors.py", settings("consumer", "vectors"), compiled)) {
            program.await("every face", () -> program.lines().size() >= vectors.size());
            assertThat(program.stop()).as("%s", program).isZero();

            assertThat(vectors).isNotEmpty();
            assertThat(program.lines())
                    .filteredOn(line -> line.contains(" 512 values, length 1.000"))
                    .extracting(line -> line.replaceFirst(" values.*", ""))
                    .containsExactlyInAnyOrderElementsOf(vectors);
        }
    }

    @Test
    void everyProgramReadsOverTlsWithItsCertificate() throws IOException {
        RequiredServer.PYTHON_KAFKA.require();
        Path connection = Files.writeString(folder.resolve("java-tls.properties"), connection("java-tls"));
        Path database = folder.resolve("tls.db");
        List<String> overTls = ConsumersPage.commands("kafka-console-consumer").stream()
                .filter(words -> words.contains("java-tls.properties"))
                .findFirst()
                .orElseThrow();
        List<String> arguments = here(overTls).stream()
                .map(word -> word.equals("java-tls.properties") ? connection.toString() : word)
                .toList();

        try (ExampleProcess visits = ExampleProcess.java("Sightings.java", settings("java-tls", "tls.java"));
                ExampleProcess console = ExampleProcess.tool(CONSOLE, arguments);
                ExampleProcess frames =
                        ExampleProcess.python("identities.py", settings("python-tls", "tls"), database)) {
            visits.awaitLine(line -> line.contains(" studio was Presenter "));
            console.awaitLine(line -> line.contains("\"camera\":\"replay\"") && line.contains("\"Guest\""));
            frames.await("the guest", () -> rows(database).stream().anyMatch(row -> row.endsWith(" Guest")));
        }
    }

    @Test
    void whoHasNoCertificateOrNoRightIsRefused() throws IOException {
        RequiredServer.PYTHON_KAFKA.require();
        Path compiled = Files.write(
                folder.resolve("refused.binpb"), SchemasArchive.built().files().get("sightline.v1.binpb"));
        Map<String, Object> withoutCertificate = Map.of(
                "bootstrap.servers",
                broker.tlsAddress(),
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                folder.resolve("front-desk/ca.pem").toString());

        try (ExampleProcess program = ExampleProcess.python("vectors.py", settings("python-tls", "refused"), compiled);
                var consumer = new KafkaConsumer<>(
                        withoutCertificate, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThatThrownBy(consumer::listTopics).isInstanceOf(SslAuthenticationException.class);
            assertThat(program.awaitEnd()).isNotZero();
            assertThat(program.errors()).anyMatch(line -> line.contains("TOPIC_AUTHORIZATION_FAILED"));
            assertThat(program.lines()).isEmpty();
        }
    }

    /** The page's file of settings with this machine's addresses and paths, and a group of its own. */
    private Path settings(String name, String group) throws IOException {
        return Files.writeString(
                folder.resolve(group + ".properties"), connection(name) + "group.id=front-desk." + group + "\n");
    }

    private String connection(String name) throws IOException {
        String page = Files.readString(ConsumersPage.PROGRAMS.resolve(name + ".properties"));
        return here(List.of(page))
                .get(0)
                .replace("/etc/front-desk", folder.resolve("front-desk").toString());
    }

    private List<String> here(List<String> words) {
        return words.stream()
                .map(word -> word.replace("127.0.0.1:9092", broker.connection().bootstrapServers())
                        .replace("kafka.example.org:9093", broker.tlsAddress()))
                .toList();
    }

    /** What the cameras have on a topic. */
    private <V> List<V> told(Topic<V> topic) {
        try (TopicRecords<V> records = TopicRecords.of(broker.connection(), topic)) {
            records.poll();
            return WatchedNews.CAMERAS.stream()
                    .flatMap(camera -> records.of(camera).stream())
                    .toList();
        }
    }

    private int records(Topic<?> topic) {
        try (TopicRecords<?> records = TopicRecords.of(broker.connection(), topic)) {
            return records.poll().raw().size();
        }
    }

    private List<String> recognised() {
        return told(Topics.IDENTITIES).stream().flatMap(ConsumersIT::facesOf).toList();
    }

    private static Stream<String> facesOf(Identities frame) {
        return frame.faces().stream()
                .filter(face -> face.decision() instanceof Decision.Known)
                .map(face -> frame.camera() + " " + frame.epoch() + " " + frame.seq() + " " + face.track() + " "
                        + ((Decision.Known) face.decision()).person().name());
    }

    private static Stream<String> vectorsOf(Embeddings frame) {
        return frame.faces().stream()
                .filter(face -> face.embedding().isPresent())
                .map(face -> frame.header().id() + " " + face.track().value() + " " + frame.modelId() + " 512");
    }

    /** Without its time, which leads the line. */
    private static String lineOf(Sighting sighting) {
        return "%s %s %s %s %.2f"
                .formatted(
                        sighting.camera(),
                        sighting.change().equals("closed") ? "was" : "is",
                        sighting.person()
                                .map(person -> person.name())
                                .orElseGet(() -> sighting.unknownId().orElseThrow()),
                        sighting.sightingId(),
                        sighting.similarity());
    }

    private static List<String> visitsIn(ExampleProcess program) {
        return ofTheCameras(program.lines().stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList());
    }

    private static List<String> ofTheCameras(List<String> lines) {
        return lines.stream()
                .filter(line -> WatchedNews.CAMERAS.contains(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    private static List<String> of(String camera, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(camera + " ")).toList();
    }

    private static long handled(ExampleProcess program) {
        return program.lines().size()
                + program.errors().stream()
                        .filter(line -> line.endsWith("is no sighting"))
                        .count();
    }

    private static List<String> rows(Path database) {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c", ROWS, database.toString()).start();
            String rows = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.getErrorStream().close();
            return rows.lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonSchema schema(Topic<?> topic) throws IOException {
        byte[] schema = SchemasArchive.built().files().get("json/" + topic.shortName() + ".v1.schema.json");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(new ObjectMapper().readTree(schema));
    }

    /** With {@code print.key} the key leads the line. */
    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line.substring(line.indexOf('{')));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
