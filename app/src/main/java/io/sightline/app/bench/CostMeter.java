package io.sightline.app.bench;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.app.plan.MeasuredCosts;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.streams.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * What one frame that is looked at costs while the system runs: CPU by stage and bytes by topic, between {@link #begin} and {@link #end}. What the JVM
 * itself takes (collector, compiler) is shared out among the stages by what they take.
 */
final class CostMeter {
    private static final long ASK_SECONDS = 10;
    private static final double MILLIS = 1_000;
    /** Names of {@link CpuByStage} by those of the plan. */
    private static final Map<String, String> STAGES = Map.of(
            "ingest", "ingest",
            "detect", "sightline-detect",
            "embed", "sightline-embed",
            "match", "sightline-match");

    private final CpuByStage cpu;
    private final MeterRegistry registry;
    private final KafkaConnection kafka;
    private Reading begun;

    private record Reading(
            long nanos, double frames, double faces, Map<String, Double> cpuSeconds, Map<String, Long> bytes) {}

    CostMeter(CpuByStage cpu, MeterRegistry registry, KafkaConnection kafka) {
        this.cpu = cpu;
        this.registry = registry;
        this.kafka = kafka;
        this.begun = new Reading(0, 0, 0, Map.of(), Map.of());
    }

    /** From now on. */
    synchronized void begin() {
        begun = read();
    }

    /** Until now; so many cameras sent pictures of that width. */
    synchronized MeasuredCosts.Row end(int cameras, int widthPx) {
        Reading ended = read();
        double frames = Math.max(1, ended.frames() - begun.frames());
        Map<String, Double> took = new TreeMap<>();
        ended.cpuSeconds()
                .forEach((name, seconds) ->
                        took.put(name, seconds - begun.cpuSeconds().getOrDefault(name, 0.0)));
        Map<String, Double> cpuMillis = new TreeMap<>();
        double ofStages = STAGES.values().stream()
                .mapToDouble(name -> took.getOrDefault(name, 0.0))
                .sum();
        double ofJvm = took.getOrDefault("jvm", 0.0) + took.getOrDefault("other", 0.0);
        STAGES.forEach((stage, name) -> cpuMillis.put(
                stage, took.getOrDefault(name, 0.0) * (1 + ofJvm / Math.max(ofStages, 1e-9)) * MILLIS / frames));
        cpuMillis.put(MeasuredCosts.BROKER, took.getOrDefault("servers", 0.0) * MILLIS / frames);
        Map<String, Double> bytes = new TreeMap<>();
        ended.bytes()
                .forEach((topic, size) -> bytes.put(topic, (size - begun.bytes().getOrDefault(topic, 0L)) / frames));
        cpuMillis.replaceAll((name, value) -> rounded(value));
        bytes.replaceAll((name, value) -> rounded(value));
        return new MeasuredCosts.Row(
                widthPx,
                widthPx * 9 / 16,
                cameras,
                rounded(frames / ((ended.nanos() - begun.nanos()) / 1e9)),
                rounded((ended.faces() - begun.faces()) / frames),
                cpuMillis,
                bytes);
    }

    /** To thousandths: more is noise. */
    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    private Reading read() {
        cpu.sample();
        return new Reading(
                System.nanoTime(),
                // looked at: a frame that was shed costs next to nothing
                sum(registry
                        .find(SightlineMeter.STAGE_RECORDS.meterName())
                        .tag("stage", Stage.DETECT.wireName())
                        .tag("result", "done")
                        .counters()
                        .stream()
                        .toList()),
                sum(registry.find(SightlineMeter.FACES.meterName()).tag("result", "detected").counters().stream()
                        .toList()),
                cpu.seconds(),
                bytes());
    }

    private static double sum(List<Counter> counters) {
        return counters.stream().mapToDouble(Counter::count).sum();
    }

    /** What lies on the brokers' disks, by topic. */
    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new TreeMap<>();
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            List<Integer> brokers = admin.describeCluster().nodes().get(ASK_SECONDS, TimeUnit.SECONDS).stream()
                    .map(node -> node.id())
                    .toList();
            for (var folders : admin.describeLogDirs(brokers)
                    .allDescriptions()
                    .get(ASK_SECONDS, TimeUnit.SECONDS)
                    .values()) {
                folders.values()
                        .forEach(folder -> folder.replicaInfos()
                                .forEach((partition, replica) -> Topics.all().stream()
                                        .filter(topic -> topic.name().equals(partition.topic()))
                                        .map(Topic::shortName)
                                        .forEach(topic -> bytes.merge(topic, replica.size(), Long::sum))));
            }
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the topics were measured", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka did not tell how large its topics are: " + e.getMessage(), e);
        }
    }
}
