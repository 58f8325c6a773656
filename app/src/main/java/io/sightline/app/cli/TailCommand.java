package io.sightline.app.cli;

import io.sightline.app.pipeline.StopRequest;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sightline tail}: what consumers see, as it comes. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints identities or sightings as they are decided, until Ctrl-C.")
public final class TailCommand implements Callable<Integer> {
    /** What can be followed. */
    enum Stream {
        IDENTITIES(Topics.IDENTITIES),
        SIGHTINGS(Topics.SIGHTINGS);

        @SuppressWarnings("ImmutableEnumChecker") // a topic is a record of constants
        private final Topic<?> topic;

        Stream(Topic<?> topic) {
            this.topic = topic;
        }
    }

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "identities|sightings", description = "What to follow.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private Stream stream;

    @Option(names = "--json", description = "Each record as its JSON, one a line.")
    private boolean isJson;

    @Option(names = "--camera", paramLabel = "ID", description = "Only this camera.")
    private @Nullable String camera;

    @Option(names = "--from-beginning", description = "Begin with what the topic still has.")
    private boolean isFromBeginning;

    @Option(names = "--for", paramLabel = "TIME", description = "Ends after this time.")
    private @Nullable Duration limit;

    @Override
    public Integer call() {
        KafkaConnection kafka = LocalInstallation.kafka(global.settings(), global.home());
        try (StopRequest stop = StopRequest.ofProcess();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assign(consumer);
            long deadline = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
            while (!stop.await(0, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::print);
                System.out.flush();
            }
        }
        return 0;
    }

    private void assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(stream.topic.name(), Duration.ofSeconds(10)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnmetNeedException("topic " + stream.topic + " is not there: run ./sightline topics create");
        }
        consumer.assign(partitions);
        if (isFromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null || (camera != null && !camera.equals(key))) {
            return;
        }
        if (isJson) {
            System.out.println(new String(record.value(), StandardCharsets.UTF_8));
            return;
        }
        try {
            Object message = stream.topic.codec().decode(record.value());
            System.out.println(message instanceof Sighting sighting ? line(sighting) : line((Identities) message));
        } catch (MalformedMessageException e) {
            System.out.println("offset " + record.offset() + " is not ours: " + e.getMessage());
        }
    }

    private static String line(Sighting sighting) {
        String who = sighting.person()
                .map(Person::name)
                .orElseGet(() -> "unknown " + sighting.unknownId().orElse(""));
        return "%s  %-16s %-8s %s  %d frames, similarity %.2f"
                .formatted(
                        time(sighting.toUs()),
                        sighting.camera(),
                        sighting.change(),
                        printable(who),
                        sighting.frames(),
                        sighting.similarity());
    }

    private static String line(Identities frame) {
        List<String> faces =
                frame.faces().stream().map(face -> name(face.decision())).toList();
        return "%s  %-16s %-12s %s"
                .formatted(
                        time(frame.capturedAtUs()),
                        frame.camera(),
                        frame.outcome() + (frame.frames() > 1 ? " ×" + frame.frames() : ""),
                        printable(String.join(", ", faces)));
    }

    private static String name(Decision decision) {
        return decision.fold(
                known -> "%s %.2f"
                        .formatted(known.person().name(), known.receipt().similarity()),
                unknown -> "unknown",
                ambiguous -> "ambiguous",
                poor -> "low quality (" + poor.cause() + ")");
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String time(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private static Map<String, Object> properties(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return properties;
    }
}
