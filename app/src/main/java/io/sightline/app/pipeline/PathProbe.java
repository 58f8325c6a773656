package io.sightline.app.pipeline;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.streams.Micros;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Proves the way before the cameras are opened: frames of a camera of its own, {@code sightline-probe}, from the topic {@code frames} to a
 * decision that a consumer can read. A stage that is running but does not work is found here, and what every first use costs (a second or
 * so of code, connections and transactions) is not paid by the cameras' first frames.
 */
final class PathProbe {
    static final CameraId CAMERA = new CameraId("sightline-probe");

    private static final int FRAMES = 40;
    private static final int WIDTH_PX = 640;
    private static final int HEIGHT_PX = 360;

    private PathProbe() {}

    /** Returns when the last frame was decided; throws {@link IllegalStateException} when it was not in time. */
    static void prove(KafkaConnection kafka, Clock clock, Duration within) {
        FrameId last = new FrameId(CAMERA, clock.millis(), FRAMES - 1);
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.IDENTITIES.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            publish(kafka, clock, last);
            await(consumer, last, within);
        }
    }

    private static void publish(KafkaConnection kafka, Clock clock, FrameId last) {
        Jpeg picture = picture();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        byte[] key = CAMERA.value().getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long seq = 0; seq <= last.seq(); seq++) {
                long now = Micros.now(clock);
                FrameTimes times =
                        FrameTimes.received(now, TimeSource.ARRIVAL, now).published(now);
                FrameId id = new FrameId(CAMERA, last.epoch(), seq);
                Frame frame = new Frame(FrameHeader.open(id, times, WIDTH_PX, HEIGHT_PX), picture);
                sent.add(producer.send(new ProducerRecord<>(
                        Topics.FRAMES.name(), key, Topics.FRAMES.codec().encode(frame))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka did not take a frame for " + Topics.FRAMES + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the way was proved", e);
        }
    }

    private static void await(KafkaConsumer<byte[], byte[]> consumer, FrameId last, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (isOf(record, last)) {
                    return;
                }
            }
        }
        throw new IllegalStateException("a frame sent to prove the way from " + Topics.FRAMES + " to "
                + Topics.IDENTITIES
                + " was not decided within " + within.toSeconds()
                + " s: the stages run but do not work; look at the log with --log info, and at " + Topics.DEAD_LETTERS);
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> record, FrameId last) {
        try {
            Identities identities = Topics.IDENTITIES.codec().decode(record.value());
            return identities.camera().equals(CAMERA.value())
                    && identities.epoch() == last.epoch()
                    && identities.seq() + identities.frames() - 1 >= last.seq();
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /** Stripes: nobody is in it, and it costs a decoder and a detector what any picture does. */
    private static Jpeg picture() {
        BufferedImage image = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < HEIGHT_PX; y++) {
            for (int x = 0; x < WIDTH_PX; x++) {
                image.setRGB(x, y, (((x * 7) ^ (y * 13)) & 0xFF) | ((x & 0xFF) << 8) | ((y & 0xFF) << 16));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be encoded in memory", e);
        }
        return Jpeg.adopt(out.toByteArray());
    }
}
