package io.sightline.app.topics;

import io.sightline.app.topics.ClusterState.ActualTopic;
import io.sightline.app.topics.TopicProblem.Kind;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a cluster against a plan. Pure. */
final class TopicComparison {
    private static final String BROKER = "broker";
    private static final String MAX_MESSAGE = "max.message.bytes";
    private static final String MIN_IN_SYNC = "min.insync.replicas";
    /** Topics of Kafka's own, without which a stage that works exactly once waits for ever. */
    private static final List<String> INTERNAL_REPLICAS =
            List.of("offsets.topic.replication.factor", "transaction.state.log.replication.factor");

    private final TopicPlan plan;
    private final ClusterState state;
    private final List<TopicProblem> problems = new ArrayList<>();

    private TopicComparison(TopicPlan plan, ClusterState state) {
        this.plan = plan;
        this.state = state;
    }

    /** Empty where all is as planned; the broker's problems first, then in the order of {@link Topics#all}. */
    static List<TopicProblem> problems(TopicPlan plan, ClusterState state) {
        TopicComparison comparison = new TopicComparison(plan, state);
        comparison.broker();
        plan.topics().forEach(comparison::topic);
        return List.copyOf(comparison.problems);
    }

    private void broker() {
        long largest = number(state.brokerSettings(), "message.max.bytes");
        if (largest < Topic.MAX_RECORD_BYTES) {
            add(
                    BROKER,
                    Kind.BROKER,
                    "the brokers take records of at most " + largest + " bytes, and the stores' changelogs need "
                            + Topic.MAX_RECORD_BYTES + ": set message.max.bytes=" + Topic.MAX_RECORD_BYTES
                            + " on every broker");
        }
        if (plan.replicas() > state.brokers()) {
            add(
                    BROKER,
                    Kind.BROKER,
                    "the plan wants " + plan.replicas() + " replicas and the cluster has " + brokers()
                            + ": start more, or plan fewer with --replicas " + state.brokers());
        }
        for (String setting : INTERNAL_REPLICAS) {
            long replicas = number(state.brokerSettings(), setting);
            if (replicas > state.brokers()) {
                add(
                        BROKER,
                        Kind.BROKER,
                        setting + " is " + replicas + " and the cluster has " + brokers()
                                + ", so consumers and exactly-once stages cannot start: set it to " + state.brokers()
                                + " on the brokers, or start more");
            }
        }
    }

    private String brokers() {
        return state.brokers() == 1 ? "1 broker" : state.brokers() + " brokers";
    }

    private void topic(Topic<?> topic) {
        ActualTopic actual = state.topics().get(topic.name());
        if (actual == null) {
            add(topic.name(), Kind.MISSING, topic + " is missing: run 'sightline topics create'");
            return;
        }
        partitions(topic, actual);
        if (actual.replicas() < plan.replicas()) {
            add(
                    topic.name(),
                    Kind.REPLICAS,
                    topic + " has replication factor " + actual.replicas() + ", the plan says " + plan.replicas()
                            + ": raise it with kafka-reassign-partitions, or plan with --replicas "
                            + actual.replicas());
        }
        plan.settingsOf(topic).forEach((name, wanted) -> setting(topic, actual, name, wanted));
    }

    private void partitions(Topic<?> topic, ActualTopic actual) {
        int frames = Optional.ofNullable(state.topics().get(Topics.FRAMES.name()))
                .map(ActualTopic::partitions)
                .orElse(plan.partitions());
        if (topic.equals(Topics.FRAMES) && actual.partitions() != plan.partitions()) {
            add(
                    topic.name(),
                    Kind.PARTITIONS,
                    topic + " has " + actual.partitions() + " partitions, the plan says " + plan.partitions()
                            + ": plan with --partitions " + actual.partitions()
                            + "; adding partitions to a topic in use would move cameras and break their order");
        } else if (topic.isPartitionedAsFrames() && actual.partitions() != frames) {
            add(
                    topic.name(),
                    Kind.PARTITIONS,
                    topic + " has " + actual.partitions() + " partitions and " + Topics.FRAMES + " has " + frames
                            + "; they must be equal, or a camera's records do not meet: delete " + topic
                            + " while nothing runs, and run 'sightline topics create'");
        }
    }

    private void setting(Topic<?> topic, ActualTopic actual, String name, String wanted) {
        String found = actual.settings().getOrDefault(name, "not told");
        boolean isFine = switch (name) {
            case MAX_MESSAGE, MIN_IN_SYNC -> number(actual.settings(), name) >= Long.parseLong(wanted);
            case "cleanup.policy", "retention.ms" -> found.equals(wanted);
            // How soon a segment closes and how it is compressed costs something, but breaks nothing.
            default -> true;
        };
        if (!isFine) {
            add(
                    topic.name(),
                    Kind.SETTING,
                    topic + " has " + name + "=" + found + ", the plan says " + wanted
                            + ": kafka-configs --alter --topic " + topic + " --add-config " + name + "=" + wanted);
        }
    }

    private static long number(Map<String, String> settings, String name) {
        String value = settings.get(name);
        return value == null ? 0 : Long.parseLong(value);
    }

    private void add(String topic, Kind kind, String sentence) {
        problems.add(new TopicProblem(topic, kind, sentence));
    }
}
