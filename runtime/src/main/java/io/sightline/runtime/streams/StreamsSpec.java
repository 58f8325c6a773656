package io.sightline.runtime.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a topology is run.
 *
 * @param applicationId the consumer group, and the beginning of the names of the changelog topics
 * @param threads stream threads; more than the input has partitions stay idle
 * @param commitInterval with exactly once it decides the latency that consumers see; 25 ms was measured as the best
 *     trade of latency against the broker's work
 * @param stateDir a folder of the role's own; the stores are in memory, Kafka Streams keeps its locks there
 * @param instanceId names this instance in the group, the same after a restart, so that a restart moves nothing
 */
public record StreamsSpec(
        String applicationId,
        KafkaConnection kafka,
        Guarantee guarantee,
        int threads,
        Duration commitInterval,
        Path stateDir,
        String instanceId) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    public StreamsSpec {
        check("application id", applicationId);
        check("instance id", instanceId);
        if (threads < 1) {
            throw new IllegalArgumentException(applicationId + ": " + threads + " threads; at least 1 is needed");
        }
        if (commitInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    applicationId + ": commit interval " + commitInterval + " is below 1 ms");
        }
    }

    /** How often a record takes effect when something crashes. */
    public enum Guarantee {
        /** Once or more: for stages that give the same answer again. */
        AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE),
        /** Once: stores, output and offsets move in one transaction. */
        EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2);

        private final String kafkaName;

        Guarantee(String kafkaName) {
            this.kafkaName = kafkaName;
        }

        String kafkaName() {
            return kafkaName;
        }
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' is not allowed: use 1 to 200 letters, digits, '.', '_' and '-'");
        }
    }
}
