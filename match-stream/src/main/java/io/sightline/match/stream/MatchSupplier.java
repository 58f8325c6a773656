package io.sightline.match.stream;

import io.sightline.contracts.topic.Topic;
import io.sightline.match.MatchSettings;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** A new processor for each task, and the stores that it keeps: their names are state, so they never change. */
public final class MatchSupplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    /** Camera to {@link CameraBooks}: the ledgers. */
    public static final String LEDGERS = "match-ledgers";

    /** Camera to {@link io.sightline.match.sighting.CameraMemory}: tracks and open sightings. */
    public static final String MEMORY = "match-memory";

    private static final Map<String, String> CHANGELOG =
            Map.of("max.message.bytes", Integer.toString(Topic.MAX_RECORD_BYTES));

    private final MatchSettings settings;
    private final MatchPorts ports;
    private final MatchMeters meters;

    public MatchSupplier(MatchSettings settings, MatchPorts ports) {
        this.settings = settings;
        this.ports = ports;
        this.meters = new MatchMeters(ports.meters());
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new MatchProcessor(settings, ports, meters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(store(LEDGERS), store(MEMORY));
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
