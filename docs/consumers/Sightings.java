import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints visits as they begin, go on and end: java -cp 'lib/*' Sightings.java consumer.properties */
public final class Sightings {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws IOException {
        Properties settings = new Properties();
        settings.put("group.id", "front-desk.sightings");
        settings.put("auto.offset.reset", "earliest");
        try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(file);
        }
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");

        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            Thread reader = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(consumer, reader)));
            consumer.subscribe(List.of("sightline.sightings.v1"));
            read(consumer);
        }
    }

    private static void read(KafkaConsumer<String, byte[]> consumer) {
        try {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    handle(record);
                }
                consumer.commitSync();
            }
        } catch (WakeupException stopping) {
            consumer.commitSync();
        }
    }

    private static void handle(ConsumerRecord<String, byte[]> record) {
        try {
            print(JSON.readTree(record.value()));
        } catch (IOException | IllegalArgumentException e) {
            System.err.printf("partition %d offset %d is no sighting%n", record.partition(), record.offset());
        }
    }

    private static void print(JsonNode sighting) {
        if (!sighting.hasNonNull("sighting_id")) {
            throw new IllegalArgumentException("no sighting_id");
        }
        // Whatever is not "closed", also a word of a later version, says that the visit goes on.
        boolean isOver = sighting.path("change").asText().equals("closed");
        boolean isNamed = sighting.has("person");
        System.out.printf(
                "%s %s %s %s %s %.2f%n",
                Instant.EPOCH.plus(sighting.path("to_us").asLong(), ChronoUnit.MICROS),
                sighting.path("camera").asText(),
                isOver ? "was" : "is",
                isNamed ? sighting.at("/person/name").asText() : sighting.path("unknown_id").asText(),
                sighting.path("sighting_id").asText(),
                sighting.path("similarity").asDouble());
    }

    /** Runs when the process is told to end: lets the reader finish and commit what it has printed. */
    private static void stop(KafkaConsumer<?, ?> consumer, Thread reader) {
        consumer.wakeup();
        try {
            reader.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
