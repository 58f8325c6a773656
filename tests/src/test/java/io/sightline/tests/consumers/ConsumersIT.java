package io.sightline.tests.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.pipeline.CameraRun;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.tests.servers.RequiredServer;
import io.sightline.tests.servers.TestAuthority;
import io.sightline.tests.servers.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private TestBroker broker;
    private Planted planted;
    private FrontDesk desk;
    private Expected expected;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the servers
    ConsumersIT() {}

    @BeforeAll
    void watchForAWhile() throws Exception {
        TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
        broker = TestBroker.withTopicsAndTls(folder, 4, authority);
        open.add(broker);
        planted = new Planted(broker.connection());
        open.add(planted);
        desk = FrontDesk.open(folder.resolve("front-desk"), broker, authority);
        expected = new Expected(broker.connection());
        CameraRun.Result run = WatchedNews.watch(broker, folder);
        assertThat(run.report().sightings())
                .extracting(line -> line.person().orElse(""))
                .contains("Presenter", "Guest");
        for (String kind : List.of("--topic", "--group")) {
            try (ExampleProcess tool = ExampleProcess.tool(ACLS, desk.command("kafka-acls", kind))) {
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
        List<String> visits = expected.visits();

        try (ExampleProcess program = ExampleProcess.java("Sightings.java", desk.settings("consumer", "every"))) {
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
        Path settings = desk.settings("consumer", "resume");
        planted.visit("before");
        try (ExampleProcess program = ExampleProcess.java("Sightings.java", settings)) {
            int records = expected.count(Topics.SIGHTINGS);
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
        Path database = desk.file("twice.db");
        List<String> faces = expected.faces();

        for (String time : List.of("first", "again")) {
            planted.frameInEveryPartition(time);
            try (ExampleProcess program =
                    ExampleProcess.python("identities.py", desk.settings("consumer", time), database)) {
                program.await(
                        "the last of each partition",
                        () -> desk.rows(database).stream()
                                        .filter(row -> row.startsWith(time))
                                        .count()
                                == 4);
                assertThat(program.stop()).as("%s", program).isZero();
            }
        }

        assertThat(faces).isNotEmpty();
        assertThat(ofTheCameras(desk.rows(database))).containsExactlyInAnyOrderElementsOf(faces);
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
        Path database = desk.file("odd.db");

        try (ExampleProcess java = ExampleProcess.java("Sightings.java", desk.settings("consumer", "odd.java"));
                ExampleProcess python =
                        ExampleProcess.python("identities.py", desk.settings("consumer", "odd"), database)) {
            java.awaitLine(line -> line.contains(" after is Somebody "));
            python.await(
                    "the frame after them",
                    () -> desk.rows(database).stream().anyMatch(row -> row.startsWith("after ")));

            assertThat(java.lines()).anyMatch(line -> line.contains(" later is "));
            assertThat(java.errors())
                    .filteredOn(line -> line.endsWith("is no sighting"))
                    .hasSizeGreaterThanOrEqualTo(5);
            assertThat(python.errors())
                    .filteredOn(line -> line.endsWith("is no frame"))
                    .hasSizeGreaterThanOrEqualTo(5);
            assertThat(desk.rows(database)).noneMatch(row -> row.startsWith("later "));
        }
    }

    @Test
    void whatWasRolledBackIsSeenByNobody() throws Exception {
        RequiredServer.PYTHON_KAFKA.require();
        planted.rolledBackVisit("ghost");
        planted.visit("solid");
        Path database = desk.file("ghost.db");

        try (ExampleProcess java = ExampleProcess.java("Sightings.java", desk.settings("consumer", "ghost.java"));
                ExampleProcess python =
                        ExampleProcess.python("identities.py", desk.settings("consumer", "ghost"), database)) {
            java.awaitLine(line -> line.contains(" solid "));
            python.await(
                    "the frame after it", () -> desk.rows(database).stream().anyMatch(row -> row.startsWith("solid ")));

            assertThat(java.lines()).noneMatch(line -> line.contains(" ghost "));
            assertThat(desk.rows(database)).noneMatch(row -> row.startsWith("ghost "));
        }
    }

    @Test
    void consoleShowsCamerasAndAccountsAsTheirSchemasSay() throws IOException {
        for (Topic<?> topic : List.of(Topics.CAMERAS, Topics.LEDGER)) {
            List<String> command = desk.command("kafka-console-consumer", topic.name());
            int records = expected.count(topic);

            try (ExampleProcess console = ExampleProcess.tool(CONSOLE, command)) {
                console.await("all there is", () -> console.lines().size() >= records);

                TopicSchema schema = TopicSchema.of(topic);
                assertThat(records).isPositive();
                assertThat(console.lines())
                        .allSatisfy(line ->
                                assertThat(schema.complaints(json(line))).isEmpty());
                assertThat(console.lines())
                        .anyMatch(line -> line.contains("\"camera\":\"studio\""))
                        .anyMatch(line -> line.contains("\"camera\":\"replay\""));
            }
        }
    }

    @Test
    void pythonProgramReadsTheVectorsByTheArchivesCompiledProto() throws IOException {
        RequiredServer.PYTHON_KAFKA.require();
        List<String> vectors = expected.vectors();
        Path compiled = compiledProto();

        try (ExampleProcess program =
                ExampleProcess.python("vectors.py", desk.settings("consumer", "vectors"), compiled)) {
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
        Path database = desk.file("tls.db");
        List<String> overTls = desk.command("kafka-console-consumer", "java-tls.properties");

        try (ExampleProcess visits = ExampleProcess.java("Sightings.java", desk.settings("java-tls", "tls.java"));
                ExampleProcess console = ExampleProcess.tool(CONSOLE, overTls);
                ExampleProcess frames =
                        ExampleProcess.python("identities.py", desk.settings("python-tls", "tls"), database)) {
            visits.awaitLine(line -> line.contains(" studio was Presenter "));
            console.awaitLine(line -> line.contains("\"camera\":\"replay\"") && line.contains("\"Guest\""));
            frames.await("the guest", () -> desk.rows(database).stream().anyMatch(row -> row.endsWith(" Guest")));
        }
    }

    @Test
    void whoHasNoCertificateOrNoRightIsRefused() throws IOException {
        RequiredServer.PYTHON_KAFKA.require();
        Path compiled = compiledProto();
        Map<String, Object> withoutCertificate = Map.of(
                "bootstrap.servers",
                broker.tlsAddress(),
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                desk.file("ca.pem").toString());

        try (ExampleProcess program =
                        ExampleProcess.python("vectors.py", desk.settings("python-tls", "refused"), compiled);
                var consumer = new KafkaConsumer<>(
                        withoutCertificate, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThatThrownBy(consumer::listTopics).isInstanceOf(SslAuthenticationException.class);
            assertThat(program.awaitEnd()).isNotZero();
            assertThat(program.errors()).anyMatch(line -> line.contains("TOPIC_AUTHORIZATION_FAILED"));
            assertThat(program.lines()).isEmpty();
        }
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

    private Path compiledProto() throws IOException {
        String name = "sightline.v1.binpb";
        return Files.write(desk.file(name), SchemasArchive.built().files().get(name));
    }

    /** With {@code print.key} the key leads the line. */
    private static String json(String line) {
        return line.substring(line.indexOf('{'));
    }
}
