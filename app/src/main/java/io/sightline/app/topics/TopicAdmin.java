package io.sightline.app.topics;

import io.sightline.app.topics.ClusterState.ActualTopic;
import io.sightline.contracts.topic.Topic;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes and checks the topics of Sightline on a cluster. One use per object, by one thread; {@link #close} ends its client. */
public final class TopicAdmin implements AutoCloseable {
    private static final int REQUEST_LIMIT_MILLIS = 10_000;
    private static final int PROBE_LIMIT_MILLIS = 1_000;
    private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL_PAUSE = Duration.ofMillis(50);

    private final String address;
    private final Admin admin;

    private TopicAdmin(String address, Admin admin) {
        this.address = address;
        this.admin = admin;
    }

    /** Connects nothing yet. */
    public static TopicAdmin open(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "sightline-topics");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS / 2);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        return new TopicAdmin(kafka.bootstrapServers(), Admin.create(properties));
    }

    /** Makes what is missing and waits until every broker's answer shows it. */
    public static TopicCreation create(KafkaConnection kafka, TopicPlan plan) {
        try (TopicAdmin topics = open(kafka)) {
            return topics.create(plan);
        }
    }

    /** What is not as planned; empty where all is. */
    public static List<TopicProblem> check(KafkaConnection kafka, TopicPlan plan) {
        try (TopicAdmin topics = open(kafka)) {
            return topics.check(plan);
        }
    }

    /**
     * Waits until a broker answers; throws after {@code limit}.
     *
     * @param says gets a sentence when there is something to wait for, once
     */
    public void awaitBroker(Duration limit, Consumer<String> says) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        boolean hasSaid = false;
        while (true) {
            try {
                join(admin.describeCluster(new DescribeClusterOptions().timeoutMs(PROBE_LIMIT_MILLIS))
                        .nodes());
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() >= deadlineNanos) {
                    throw new TopicAdminException(
                            "no Kafka broker answered at " + address + " within " + limit.toMillis()
                                    + " ms (" + reason(e)
                                    + "): is it running, and is the address right? See kafka.bootstrap-servers or --kafka",
                            e);
                }
            }
            if (!hasSaid) {
                says.accept("waiting for a Kafka broker at " + address + ", at most " + limit.toSeconds() + " s");
                hasSaid = true;
            }
            LockSupport.parkNanos(POLL_PAUSE.toNanos());
        }
    }

    TopicCreation create(TopicPlan plan) {
        Set<String> present = names();
        List<NewTopic> missing = new ArrayList<>();
        List<String> existing = new ArrayList<>();
        for (Topic<?> topic : plan.topics()) {
            if (present.contains(topic.name())) {
                existing.add(topic.name());
            } else {
                missing.add(new NewTopic(topic.name(), plan.partitionsOf(topic), (short) plan.replicas())
                        .configs(plan.settingsOf(topic)));
            }
        }
        List<String> created = make(missing, existing);
        awaitVisible(created);
        return new TopicCreation(created, existing);
    }

    /** Another may be making the same ones: those count as existing. */
    private List<String> make(List<NewTopic> missing, List<String> existing) {
        List<String> created = new ArrayList<>();
        admin.createTopics(missing).values().forEach((name, made) -> {
            try {
                join(made);
                created.add(name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failure("make the topic " + name, e);
                }
                existing.add(name);
            }
        });
        return created;
    }

    private void awaitVisible(Collection<String> created) {
        long deadlineNanos = System.nanoTime() + VISIBLE_LIMIT.toNanos();
        while (!created.isEmpty()) {
            try {
                boolean haveLeaders = join(admin.describeTopics(created).allTopicNames()).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.leader() != null);
                if (haveLeaders) {
                    return;
                }
            } catch (ExecutionException e) {
                if (System.nanoTime() >= deadlineNanos) {
                    throw failure("see the topics that were just made", e);
                }
            }
            if (System.nanoTime() >= deadlineNanos) {
                throw new TopicAdminException(
                        "Kafka at " + address + " made " + created + " but some partition has no leader after "
                                + VISIBLE_LIMIT.toSeconds() + " s: look at the brokers' logs",
                        new IllegalStateException("no leader"));
            }
            LockSupport.parkNanos(POLL_PAUSE.toNanos());
        }
    }

    List<TopicProblem> check(TopicPlan plan) {
        return TopicComparison.problems(plan, state(plan));
    }

    private ClusterState state(TopicPlan plan) {
        Set<String> wanted = plan.topics().stream().map(Topic::name).collect(Collectors.toCollection(HashSet::new));
        wanted.retainAll(names());
        try {
            Collection<Node> nodes = join(admin.describeCluster().nodes());
            Map<String, TopicDescription> described =
                    join(admin.describeTopics(wanted).allTopicNames());
            ConfigResource broker = new ConfigResource(
                    ConfigResource.Type.BROKER, nodes.iterator().next().idString());
            List<ConfigResource> resources = new ArrayList<>(List.of(broker));
            wanted.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
            Map<ConfigResource, Config> configs =
                    join(admin.describeConfigs(resources).all());
            Map<String, ActualTopic> topics = new HashMap<>();
            described.forEach((name, topic) -> topics.put(
                    name, actual(topic, settings(configs, new ConfigResource(ConfigResource.Type.TOPIC, name)))));
            return new ClusterState(nodes.size(), settings(configs, broker), topics);
        } catch (ExecutionException e) {
            throw failure("describe the topics", e);
        }
    }

    private static ActualTopic actual(TopicDescription topic, Map<String, String> settings) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new ActualTopic(topic.partitions().size(), replicas, settings);
    }

    private static Map<String, String> settings(Map<ConfigResource, Config> configs, ConfigResource resource) {
        return configs.getOrDefault(resource, new Config(List.of())).entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private Set<String> names() {
        try {
            return join(admin.listTopics().names());
        } catch (ExecutionException e) {
            throw failure("list the topics", e);
        }
    }

    private <T> T join(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicAdminException("interrupted while asking Kafka at " + address, e);
        }
    }

    private TopicAdminException failure(String attempt, ExecutionException e) {
        return new TopicAdminException(
                "Kafka at " + address + " did not " + attempt + ": " + reason(e)
                        + "; check that the broker runs and that this user may do it",
                e);
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
