package io.sightline.app.plan;

import java.util.List;
import java.util.Map;

/**
 * What a demand needs.
 *
 * @param cost of one frame at the demand's width
 * @param partitions of each topic keyed by camera
 * @param stages in the order of a frame's way
 * @param gpus that embed's workers need; 0 where they compute on CPUs
 * @param redisBytes of the gallery's templates and of a week's pictures of visits
 * @param remarks sentences on what limits the plan, or is not measured
 */
public record FleetPlan(
        Demand demand,
        MeasuredCosts.Row cost,
        int partitions,
        List<Stage> stages,
        int gpus,
        Brokers brokers,
        double redisBytes,
        List<String> remarks) {
    public FleetPlan {
        stages = List.copyOf(stages);
        remarks = List.copyOf(remarks);
    }

    /**
     * One stage's workers together.
     *
     * @param cpuMillis of one frame
     * @param cores with headroom
     * @param threads stream threads, or of ingest processor cores; at most as many as partitions find work
     * @param pods of the chart's size: two threads of detect, one of embed and match, two cores of ingest
     */
    public record Stage(String name, double cpuMillis, double cores, int threads, int pods) {}

    /**
     * Kafka.
     *
     * @param cores of all together, with headroom; copying to replicas is not in them
     * @param perCamera bytes a second that one camera's frames bring
     * @param in bytes a second from producers
     * @param out bytes a second to consumers, each record read once; identities by one consumer of yours
     * @param between bytes a second from broker to broker
     * @param disk bytes by topic, replicas included
     */
    public record Brokers(
            int count,
            double cores,
            double perCamera,
            double in,
            double out,
            double between,
            Map<String, Double> disk) {
        public Brokers {
            disk = Map.copyOf(disk);
        }

        public double diskBytes() {
            return disk.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
