package io.sightline.runtime.streams;

import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topics a topology needs: all must be there, and sources that meet in one subtopology must have as many partitions,
 * which Kafka Streams does not check.
 *
 * @param all names of sources and sinks
 * @param together sources by subtopology
 */
record TopicNeeds(Set<String> all, List<Set<String>> together) {
    static TopicNeeds of(Topology topology) {
        Set<String> all = new TreeSet<>();
        List<Set<String>> together = new ArrayList<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            Set<String> sources = new TreeSet<>();
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    sources.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink && sink.topic() != null) {
                    all.add(sink.topic());
                }
            }
            all.addAll(sources);
            together.add(sources);
        }
        topology.describe()
                .globalStores()
                .forEach(store -> all.addAll(store.source().topicSet()));
        return new TopicNeeds(all, together);
    }

    /** The stage that such a topology is, by the topic that it reads. */
    Stage stage() {
        Set<String> sources = together.stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (sources.contains(Topics.FRAMES.name())) {
            return Stage.DETECT;
        }
        return sources.contains(Topics.FACES.name()) ? Stage.EMBED : Stage.MATCH;
    }

    /** What is missing, as a sentence that says what to do; empty when nothing is. */
    Optional<String> unmet(Map<String, Integer> partitionsByTopic) {
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(partitionsByTopic.keySet());
        if (!missing.isEmpty()) {
            return Optional.of((missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing)
                    + ": not there; run 'sightline topics create'");
        }
        return together.stream()
                .map(sources -> new TreeMap<>(partitionsByTopic.entrySet().stream()
                        .filter(topic -> sources.contains(topic.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
                .filter(counts -> Set.copyOf(counts.values()).size() > 1)
                .map(counts -> "topics with as many partitions as each other, but they have " + counts
                        + "; see 'sightline topics check'")
                .findFirst();
    }
}
