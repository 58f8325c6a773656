package io.sightline.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.app.embedded.BrokerSpec;
import io.sightline.app.embedded.InProcessBroker;
import io.sightline.app.topics.TopicProblem.Kind;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.streams.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicAdminTest {
    private static final TopicPlan PLAN = TopicPlan.embedded(3);

    @Test
    void topicsAreMadeOnceAndThenAsPlanned(@TempDir Path data) {
        try (InProcessBroker broker = InProcessBroker.start(BrokerSpec.in(data))) {
            KafkaConnection kafka = KafkaConnection.to(broker.bootstrapServers());

            assertThat(TopicAdmin.check(kafka, PLAN))
                    .hasSize(Topics.all().size())
                    .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(Kind.MISSING));
            assertThat(TopicAdmin.create(kafka, PLAN).created())
                    .containsExactlyInAnyOrderElementsOf(
                            Topics.all().stream().map(Topic::name).toList());
            assertThat(TopicAdmin.check(kafka, PLAN)).isEmpty();

            TopicCreation again = TopicAdmin.create(kafka, PLAN);

            assertThat(again.created()).isEmpty();
            assertThat(again.existing()).hasSize(Topics.all().size());
            assertThat(TopicAdmin.check(kafka, TopicPlan.embedded(5)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.sentence()).contains("has 3 partitions, the plan says 5"));
        }
    }

    @Test
    void recordOfTheGreatestSizeIsTakenAndALargerOneRefused(@TempDir Path data) throws Exception {
        try (InProcessBroker broker = InProcessBroker.start(BrokerSpec.in(data))) {
            KafkaConnection kafka = KafkaConnection.to(broker.bootstrapServers());
            TopicAdmin.create(kafka, PLAN);
            var properties = kafka.clientProperties();
            properties.put("max.request.size", 2 * Topic.MAX_RECORD_BYTES);
            try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                String frames = Topics.FRAMES.name();

                producer.send(new ProducerRecord<>(frames, new byte[Topic.MAX_RECORD_BYTES - 65_536]))
                        .get();

                assertThatThrownBy(() -> producer.send(
                                        new ProducerRecord<>(frames, new byte[Topic.MAX_RECORD_BYTES + 1]))
                                .get())
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
        }
    }

    @Test
    void waitingForABrokerSaysSoAndEndsWithASentence() {
        List<String> said = new ArrayList<>();
        try (TopicAdmin topics = TopicAdmin.open(KafkaConnection.to("127.0.0.1:1"))) {
            assertThatThrownBy(() -> topics.awaitBroker(Duration.ofMillis(1_500), said::add))
                    .isInstanceOf(TopicAdminException.class)
                    .hasMessageStartingWith("no Kafka broker answered at 127.0.0.1:1 within 1500 ms")
                    .hasMessageContaining("--kafka");
        }
        assertThat(said).singleElement().asString().startsWith("waiting for a Kafka broker at 127.0.0.1:1");
    }

    @Test
    void planAndProblemsReadAsJson() throws Exception {
        String json = new ObjectMapper()
                .writeValueAsString(List.of(new TopicProblem("sightline.faces.v1", Kind.MISSING, "it is missing")));

        assertThat(json)
                .isEqualTo("[{\"topic\":\"sightline.faces.v1\",\"kind\":\"MISSING\",\"sentence\":\"it is missing\"}]");
        assertThatThrownBy(() -> new TopicPlan(0, 1, 1)).hasMessage("topics: 0 partitions; allowed are 1–1000");
        assertThatThrownBy(() -> new TopicPlan(1, 2, 3)).hasMessage("topics: 3 replicas in sync of 2; allowed are 1–2");
    }
}
