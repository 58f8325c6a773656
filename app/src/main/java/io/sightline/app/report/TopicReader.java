package io.sightline.app.report;

import io.sightline.contracts.topic.Topic;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics for good, read committed, without a consumer group, in a thread of its own that hands each record to a sink. A broker
 * that is away is waited for; the sink must not throw. When {@link #start} returns, every partition has its position:
 * what is produced from then on will be read.
 */
public final class TopicReader implements AutoCloseable {
    /** Takes records in the reader's thread; quickly, since the next poll waits. */
    public interface Sink {
        void accept(ConsumerRecord<byte[], byte[]> record);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration POSITION = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration JOIN = Duration.ofSeconds(10);

    private final String name;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Sink sink;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private TopicReader(String name, KafkaConsumer<byte[], byte[]> consumer, Sink sink) {
        this.name = name;
        this.consumer = consumer;
        this.sink = sink;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * Throws {@link IllegalStateException} when a topic is missing, and Kafka's own {@link KafkaException} when the broker does not
     * answer within 20 s.
     */
    public static TopicReader start(ReaderSpec spec, KafkaConnection kafka, Sink sink) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties(spec, kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            position(consumer, spec);
            TopicReader reader = new TopicReader(spec.name(), consumer, sink);
            reader.thread.start();
            return reader;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Ends the thread and closes the consumer. Idempotent. */
    @Override
    public void close() {
        stop.countDown();
        consumer.wakeup();
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (stop.getCount() > 0) {
                poll();
            }
        } catch (RuntimeException e) {
            LOG.error("{} has ended: nothing more is read", name, e);
        }
    }

    private void poll() {
        try {
            consumer.poll(POLL).forEach(sink::accept);
        } catch (WakeupException e) {
            LOG.debug("{} was asked to end", name, e);
        } catch (KafkaException e) {
            LOG.warn("{} cannot read: it tries again in {} ms", name, PAUSE.toMillis(), e);
            pause();
        }
    }

    private void pause() {
        try {
            if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} was asked to end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private static void position(KafkaConsumer<byte[], byte[]> consumer, ReaderSpec spec) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?> topic : spec.topics()) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic.name(), POSITION);
            if (infos.isEmpty()) {
                throw new IllegalStateException(
                        "topic " + topic.name() + " is missing: create it with 'sightline topics create'");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        switch (spec.from()) {
            case BEGINNING -> consumer.seekToBeginning(partitions);
            case END -> consumer.seekToEnd(partitions);
        }
        partitions.forEach(partition -> consumer.position(partition, POSITION));
    }

    private static Map<String, Object> properties(ReaderSpec spec, KafkaConnection kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, spec.name());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.putAll(spec.tuning());
        return properties;
    }
}
