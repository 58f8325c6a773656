package io.sightline.app.embedded;

import io.sightline.contracts.topic.Topic;
import java.util.HashMap;
import java.util.Map;

/** A broker's settings for one machine: one node, one replica, few threads, quick to notice a killed client. Pure. */
final class BrokerProperties {
    /** Room for the frame's header fields and Kafka's own around the largest record. */
    private static final int BATCH_OVERHEAD_BYTES = 1 << 16;

    private BrokerProperties() {}

    static Map<String, Object> of(BrokerSpec spec) {
        Map<String, Object> properties = new HashMap<>();
        properties.putAll(node(spec));
        properties.putAll(limits(spec.disk()));
        properties.putAll(groups());
        return properties;
    }

    private static Map<String, Object> node(BrokerSpec spec) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + spec.port() + ",CONTROLLER://127.0.0.1:0"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:0"),
                Map.entry("log.dirs", spec.logDir().toString()),
                Map.entry("num.network.threads", "1"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "1"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("auto.create.topics.enable", "false"));
    }

    private static Map<String, Object> limits(DiskLimits disk) {
        return Map.ofEntries(
                Map.entry("message.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES)),
                Map.entry("replica.fetch.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES + BATCH_OVERHEAD_BYTES)),
                Map.entry("log.retention.bytes", Long.toString(disk.partitionBytes())),
                Map.entry("log.retention.check.interval.ms", "5000"),
                Map.entry("log.segment.bytes", Long.toString(disk.segmentBytes())),
                Map.entry("log.segment.delete.delay.ms", "1000"),
                // An index is a mapped file: small ones cannot fail late on a full disk.
                Map.entry("log.index.size.max.bytes", "262144"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("log.cleaner.io.buffer.size", "131072"),
                Map.entry("log.cleaner.backoff.ms", "5000"),
                Map.entry("metadata.log.segment.bytes", "8388608"),
                Map.entry("metadata.log.max.record.bytes.between.snapshots", "4194304"),
                Map.entry("metadata.max.retention.bytes", "16777216"));
    }

    private static Map<String, Object> groups() {
        return Map.ofEntries(
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.segment.bytes", "8388608"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.segment.bytes", "8388608"),
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"));
    }
}
