package io.sightline.app.cli;

import io.sightline.app.pipeline.KafkaSettings;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.topics.TopicAdmin;
import io.sightline.app.topics.TopicCreation;
import io.sightline.app.topics.TopicPlan;
import io.sightline.app.topics.TopicProblem;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sightline topics}: makes and checks the topics of a Kafka cluster. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Makes or checks the topics; kafka.partitions and kafka.replicas say how many.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class})
final class TopicsCommand {
    private static final Duration BROKER_WITHIN = Duration.ofSeconds(30);

    private static TopicPlan plan(SightlineSettings settings) {
        KafkaSettings kafka = settings.kafka();
        return TopicPlan.of(kafka.partitions(), kafka.replicas());
    }

    private static KafkaConnection reached(GlobalOptions global, SightlineSettings settings) {
        KafkaConnection kafka = LocalInstallation.kafka(settings, global.home());
        try (TopicAdmin admin = TopicAdmin.open(kafka)) {
            admin.awaitBroker(BROKER_WITHIN, sentence -> System.err.println("sightline: " + sentence));
        }
        return kafka;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes what is missing.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Option(names = "--json", description = "The result as JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            SightlineSettings settings = global.settings();
            TopicCreation made = TopicAdmin.create(reached(global, settings), plan(settings));
            if (isJson) {
                System.out.println(JsonText.of(Map.of("created", made.created(), "existing", made.existing())));
            } else {
                made.created().forEach(topic -> System.out.println("created  " + topic));
                made.existing().forEach(topic -> System.out.println("existing " + topic));
            }
            return 0;
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "Says what is not as it should be.")
    static final class Check implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Option(names = "--json", description = "The result as JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            SightlineSettings settings = global.settings();
            List<TopicProblem> problems = TopicAdmin.check(reached(global, settings), plan(settings));
            if (isJson) {
                System.out.println(JsonText.of(problems.stream()
                        .map(problem -> Map.of(
                                "topic",
                                problem.topic(),
                                "kind",
                                problem.kind().name(),
                                "sentence",
                                problem.sentence()))
                        .toList()));
            } else if (problems.isEmpty()) {
                System.out.println("all topics are as they should be");
            } else {
                problems.forEach(problem -> System.out.println(problem.topic() + ": " + problem.sentence()));
            }
            return problems.isEmpty() ? 0 : SightlineCommand.FAILED;
        }
    }
}
