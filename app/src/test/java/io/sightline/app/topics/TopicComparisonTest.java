package io.sightline.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.topics.ClusterState.ActualTopic;
import io.sightline.app.topics.TopicProblem.Kind;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicComparisonTest {
    private static final TopicPlan PLAN = new TopicPlan(4, 1, 1);

    @Test
    void clusterAsPlannedHasNoProblem() {
        assertThat(TopicComparison.problems(PLAN, asPlanned(PLAN))).isEmpty();
    }

    @Test
    void missingTopicIsNamedWithTheCommandThatMakesIt() {
        ClusterState state = without(asPlanned(PLAN), Topics.FACES);

        assertThat(TopicComparison.problems(PLAN, state))
                .containsExactly(new TopicProblem(
                        "sightline.faces.v1",
                        Kind.MISSING,
                        "sightline.faces.v1 is missing: run 'sightline topics create'"));
    }

    @Test
    void unlikePartitionsOfTopicsThatMeetAreFound() {
        ClusterState state =
                with(asPlanned(PLAN), Topics.EMBEDDINGS, new ActualTopic(3, 1, PLAN.settingsOf(Topics.EMBEDDINGS)));

        assertThat(TopicComparison.problems(PLAN, state)).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PARTITIONS);
            assertThat(problem.sentence())
                    .startsWith(
                            "sightline.embeddings.v1 has 3 partitions and sightline.frames.v1 has 4; they must be equal");
        });
    }

    @Test
    void clusterWithOtherPartitionsThroughoutIsOneProblemNotSeven() {
        ClusterState state = asPlanned(new TopicPlan(6, 1, 1));

        assertThat(TopicComparison.problems(PLAN, state))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .startsWith("sightline.frames.v1 has 6 partitions, the plan says 4: plan with --partitions 6"));
    }

    @Test
    void auditNeedsNoPartitionsLikeFrames() {
        ClusterState state = with(asPlanned(PLAN), Topics.AUDIT, new ActualTopic(7, 1, PLAN.settingsOf(Topics.AUDIT)));

        assertThat(TopicComparison.problems(PLAN, state)).isEmpty();
    }

    @Test
    void topicThatRefusesLargeRecordsIsFoundAndOneThatTakesLargerIsFine() {
        ClusterState small = with(asPlanned(PLAN), Topics.FRAMES, frames(Map.of("max.message.bytes", "1048588")));
        ClusterState large = with(asPlanned(PLAN), Topics.FRAMES, frames(Map.of("max.message.bytes", "9000000")));

        assertThat(TopicComparison.problems(PLAN, small))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .isEqualTo(
                                "sightline.frames.v1 has max.message.bytes=1048588, the plan says 4194304: kafka-configs --alter"
                                        + " --topic sightline.frames.v1 --add-config max.message.bytes=4194304"));
        assertThat(TopicComparison.problems(PLAN, large)).isEmpty();
    }

    @Test
    void otherRetentionAndCleanupAreFound() {
        ClusterState state = with(
                asPlanned(PLAN), Topics.FRAMES, frames(Map.of("retention.ms", "1000", "cleanup.policy", "compact")));

        assertThat(TopicComparison.problems(PLAN, state))
                .extracting(TopicProblem::sentence)
                .anySatisfy(sentence -> assertThat(sentence).contains("retention.ms=1000, the plan says 600000"))
                .anySatisfy(sentence -> assertThat(sentence).contains("cleanup.policy=compact, the plan says delete"))
                .hasSize(2);
    }

    @Test
    void longerSegmentsBreakNothing() {
        ClusterState state = with(asPlanned(PLAN), Topics.FRAMES, frames(Map.of("segment.ms", "604800000")));

        assertThat(TopicComparison.problems(PLAN, state)).isEmpty();
    }

    @Test
    void brokerThatCannotHoldWhatStagesWriteIsFound() {
        ClusterState planned = asPlanned(PLAN);
        Map<String, String> settings = new HashMap<>(planned.brokerSettings());
        settings.put("message.max.bytes", "1048588");
        settings.put("transaction.state.log.replication.factor", "3");
        ClusterState state = new ClusterState(1, settings, planned.topics());

        assertThat(TopicComparison.problems(PLAN, state))
                .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(Kind.BROKER))
                .extracting(TopicProblem::sentence)
                .containsExactly(
                        "the brokers take records of at most 1048588 bytes, and the stores' changelogs need 4194304:"
                                + " set message.max.bytes=4194304 on every broker",
                        "transaction.state.log.replication.factor is 3 and the cluster has 1 broker, so consumers and"
                                + " exactly-once stages cannot start: set it to 1 on the brokers, or start more");
    }

    @Test
    void moreReplicasThanBrokersAreFoundOnTheTopicsToo() {
        TopicPlan three = TopicPlan.of(4, 3);
        ClusterState state = asPlanned(PLAN);

        assertThat(TopicComparison.problems(three, state))
                .extracting(TopicProblem::sentence)
                .contains(
                        "the plan wants 3 replicas and the cluster has 1 broker: start more, or plan fewer with --replicas 1")
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("sightline.frames.v1 has replication factor 1, the plan says 3"))
                .anySatisfy(sentence -> assertThat(sentence).contains("min.insync.replicas=1, the plan says 2"));
    }

    private static ActualTopic frames(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(PLAN.settingsOf(Topics.FRAMES));
        settings.putAll(changed);
        return new ActualTopic(PLAN.partitions(), PLAN.replicas(), settings);
    }

    private static ClusterState asPlanned(TopicPlan plan) {
        Map<String, ActualTopic> topics = new HashMap<>();
        plan.topics()
                .forEach(topic -> topics.put(
                        topic.name(),
                        new ActualTopic(plan.partitionsOf(topic), plan.replicas(), plan.settingsOf(topic))));
        Map<String, String> broker = Map.of(
                "message.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES),
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1");
        return new ClusterState(1, broker, topics);
    }

    private static ClusterState with(ClusterState state, Topic<?> topic, ActualTopic actual) {
        Map<String, ActualTopic> topics = new HashMap<>(state.topics());
        topics.put(topic.name(), actual);
        return new ClusterState(state.brokers(), state.brokerSettings(), topics);
    }

    private static ClusterState without(ClusterState state, Topic<?> topic) {
        Map<String, ActualTopic> topics = new HashMap<>(state.topics());
        topics.remove(topic.name());
        return new ClusterState(state.brokers(), state.brokerSettings(), topics);
    }
}
