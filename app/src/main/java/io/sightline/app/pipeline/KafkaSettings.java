package io.sightline.app.pipeline;

import io.sightline.runtime.settings.Secret;
import io.sightline.runtime.settings.Section;
import io.sightline.runtime.streams.KafkaConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where Kafka is, and how its topics are made.
 *
 * @param bootstrapServers empty: the all-in-one embeds a broker
 * @param client further properties of every client, such as those of TLS
 * @param partitions of each topic that is keyed by camera; bounds how far a stage can scale
 * @param replicas of each topic
 */
public record KafkaSettings(
        Optional<String> bootstrapServers, Map<String, String> client, int partitions, short replicas) {
    private static final int DEFAULT_PARTITIONS = 4;

    /** Reads the section {@code kafka}; a SASL password is named by {@code sasl-password}, never written. */
    public static KafkaSettings read(Section section) {
        Map<String, String> client = new HashMap<>(section.entries("client"));
        Optional<String> user = section.optionalText("sasl-user");
        Optional<Secret> password = section.secret("sasl-password");
        if (user.isPresent() && password.isPresent()) {
            client.putIfAbsent("sasl.mechanism", "SCRAM-SHA-512");
            client.putIfAbsent("security.protocol", "SASL_SSL");
            client.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user.get()
                            + "\" password=\"" + password.get().reveal() + "\";");
        } else if (user.isPresent() != password.isPresent()) {
            section.problem("sasl-user", "and sasl-password must be given together");
        }
        return new KafkaSettings(
                section.optionalText("bootstrap-servers"),
                client,
                section.integer("partitions", DEFAULT_PARTITIONS, 1, 10_000),
                (short) section.integer("replicas", 1, 1, 15));
    }

    /** The connection, where one was given. */
    public Optional<KafkaConnection> connection() {
        return bootstrapServers.map(servers -> new KafkaConnection(servers, client));
    }

    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers.orElse("embedded") + "]";
    }
}
