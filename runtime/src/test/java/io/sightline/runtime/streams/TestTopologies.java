package io.sightline.runtime.streams;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Small topologies from {@code frames} to {@code faces}, whose records are frames that differ by seq. */
final class TestTopologies {
    private TestTopologies() {}

    static Topology relay(Runnable mishap) {
        return topology(() -> new Relay(
                value -> {
                    mishap.run();
                    return value;
                },
                "out"));
    }

    private static Topology topology(Supplier<Processor<byte[], byte[], byte[], byte[]>> processor) {
        return topology(processor, new BoundedBytesSerializer());
    }

    static Topology relay(UnaryOperator<byte[]> change, Serializer<byte[]> bytes) {
        return topology(() -> new Relay(change, "out"), bytes);
    }

    private static Topology topology(
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processor, Serializer<byte[]> bytes) {
        return new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.FRAMES.name())
                .addProcessor("relay", processor::get, "in")
                .addSink("out", Topics.FACES.name(), bytes, bytes, "relay")
                .addSink("dead-letters", Topics.DEAD_LETTERS.name(), bytes, bytes, "relay");
    }

    static Topology counting() {
        return topology(Counting::new)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("counts"), Serdes.ByteArray(), Serdes.Long()),
                        "relay");
    }

    static byte[] encoded(long seq) {
        FrameHeader header = FrameHeader.open(
                new FrameId(new CameraId("lobby"), 1, seq), FrameTimes.received(1, TimeSource.FILE, 1), 1, 1);
        return Topics.FRAMES.codec().encode(new Frame(header, Jpeg.adopt("x".getBytes(StandardCharsets.UTF_8))));
    }

    /** Passes records from topic to topic, changed as the test says. */
    private static final class Relay implements Processor<byte[], byte[], byte[], byte[]> {
        private final UnaryOperator<byte[]> change;
        private final String target;
        private ProcessorContext<byte[], byte[]> context;

        @SuppressWarnings("NullAway.Init")
        Relay(UnaryOperator<byte[]> change, String target) {
            this.change = change;
            this.target = target;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context.forward(record.withValue(change.apply(record.value())), target);
        }
    }

    /** Counts a camera's records in a store and sends each on with the count as its seq. */
    private static final class Counting implements Processor<byte[], byte[], byte[], byte[]> {
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<byte[], Long> counts;

        @SuppressWarnings("NullAway.Init")
        Counting() {}

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            counts = given.getStateStore("counts");
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Long before = counts.get(record.key());
            long count = before == null ? 0 : before + 1;
            counts.put(record.key(), count);
            context.forward(record.withValue(encoded(count)), "out");
        }
    }
}
