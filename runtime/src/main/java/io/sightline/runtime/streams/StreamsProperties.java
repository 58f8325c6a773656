package io.sightline.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;

/** Kafka Streams' own settings for a role, each with its reason where it is not the default. */
final class StreamsProperties {
    /** Under this key the exception handlers, which Kafka makes by name, find what they count with. */
    static final String REGISTRY = "sightline.meter.registry";

    static final String STAGE = "sightline.stage";

    static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int HEARTBEAT_MS = 1_000;
    private static final int TRANSACTION_TIMEOUT_MS = 5_000;
    private static final int FETCH_BYTES = 4 * Topic.MAX_RECORD_BYTES;
    private static final int BUFFERED_RECORDS = 64;

    private StreamsProperties() {}

    static Properties of(StreamsSpec spec, Stage stage, MeterRegistry registry) {
        Properties properties = new Properties();
        properties.putAll(spec.kafka().clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.applicationId());
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, spec.applicationId());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, spec.threads());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, spec.stateDir().toString());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, spec.commitInterval().toMillis());
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, spec.guarantee().kafkaName());
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        // Persistent stores would need RocksDB, 73 MB that are not on the class path.
        properties.put(
                StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        // The streams protocol takes 6 s to start, the classic one 0.6 s.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, GiveUpRefusedRecords.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SetAsideFailedRecords.class);
        properties.put(REGISTRY, registry);
        properties.put(STAGE, stage);
        consumer(properties, spec);
        producer(properties, spec);
        return properties;
    }

    private static void consumer(Properties properties, StreamsSpec spec) {
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), spec.instanceId());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), BUFFERED_RECORDS);
    }

    private static void producer(Properties properties, StreamsSpec spec) {
        // Streams waits 100 ms for more records unless told not to.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_RECORD_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
        if (spec.guarantee() == StreamsSpec.Guarantee.EXACTLY_ONCE) {
            // A killed instance's open transaction holds back readers for so long.
            properties.put(
                    StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        }
    }
}
