package io.sightline.match;

import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.match.stream.MatchPorts;
import io.sightline.match.stream.MatchSupplier;
import io.sightline.runtime.streams.BoundedBytesSerializer;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The last stage: the door of this module. */
public final class MatchStage {
    /** Topics that this stage writes. */
    public static final List<Topic<?>> SINKS =
            List.of(Topics.IDENTITIES, Topics.SIGHTINGS, Topics.SETTLED, Topics.LEDGER, Topics.DEAD_LETTERS);

    private static final String PROCESSOR = "match";

    private MatchStage() {}

    /**
     * Source, processor with its two stores, a sink per topic. To be run exactly once, so that sightings, ledger and offsets move
     * together, and not before the gallery was read: an empty one makes strangers of everybody.
     *
     * @param settings adapted to the embedder by {@link MatchSettings#forEmbedder}
     */
    public static Topology topology(MatchSettings settings, MatchPorts ports) {
        String source = Topics.EMBEDDINGS.shortName();
        Topology topology = new Topology()
                .addSource(source, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.EMBEDDINGS.name())
                .addProcessor(PROCESSOR, new MatchSupplier(settings, ports), source);
        for (Topic<?> sink : SINKS) {
            topology.addSink(
                    sink.shortName(), sink.name(), new ByteArraySerializer(), new BoundedBytesSerializer(), PROCESSOR);
        }
        return topology;
    }
}
