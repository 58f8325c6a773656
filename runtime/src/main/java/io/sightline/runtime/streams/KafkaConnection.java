package io.sightline.runtime.streams;

import io.sightline.contracts.topic.Topic;
import io.sightline.runtime.settings.Masking;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is and how to get in.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param extra further client properties, such as {@code security.protocol}; they may hold secrets and are never shown
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> extra) {
    /** The largest request of any producer: one record of the largest size. */
    public static final int MAX_REQUEST_BYTES = Topic.MAX_RECORD_BYTES;

    private static final Pattern SERVER = Pattern.compile("([A-Z_]+://)?([\\w.-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}");
    private static final String MAX_BACKOFF_MILLIS = "1000";

    public KafkaConnection {
        for (String server : bootstrapServers.split(",", -1)) {
            if (!SERVER.matcher(server.strip()).matches()) {
                throw new IllegalArgumentException("kafka.bootstrap-servers '" + Masking.url(bootstrapServers)
                        + "' is not host:port, such as kafka:9092, or several of them separated by commas");
            }
        }
        extra = Map.copyOf(extra);
    }

    /** Without encryption or login. */
    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** What every client of this Kafka begins with. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_BACKOFF_MILLIS);
        properties.putAll(extra);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /** Where clients begin, unresolved, if they speak TLS there; empty otherwise. */
    public List<InetSocketAddress> tlsServers() {
        String protocol = extra.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
        if (!protocol.toUpperCase(Locale.ROOT).endsWith("SSL")) {
            return List.of();
        }
        return Arrays.stream(bootstrapServers.split(",", -1))
                .map(server -> server.strip().replaceFirst("^[A-Z_]+://", ""))
                .map(server -> {
                    int colon = server.lastIndexOf(':');
                    return InetSocketAddress.createUnresolved(
                            server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
                })
                .toList();
    }

    @Override
    public String toString() {
        return "Kafka at " + bootstrapServers;
    }
}
