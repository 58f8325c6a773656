package io.sightline.app.plan;

import io.sightline.app.plan.FleetPlan.Brokers;
import io.sightline.app.plan.FleetPlan.Stage;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * From a demand and measured costs to a plan. {@code docs/sizing.md} explains each rule; its numbers stand here, once.
 *
 * <p>All records of a camera lie in one partition, which one thread of a stage reads. So a stage can use as many threads as there are
 * partitions, and the fullest partition must still fit one thread: cameras fall on partitions by a hash, as balls into bins, of which the
 * fullest holds about m + √(2 m ln P) where the mean is m.
 */
public final class Planner {
    /** A thread is full when it computes for that part of the time. */
    private static final double FULL_THREAD = 0.8;

    /** A GPU's worker still decodes and aligns faces. Assumed, and the plan says so. */
    private static final double BESIDE_THE_GPU = 0.2;

    private static final int PARTITIONS_STEP = 4;
    private static final int PARTITIONS_PER_THREAD = 2;
    private static final int MAX_PARTITIONS = 1_000;
    private static final Map<String, Integer> THREADS_PER_POD =
            Map.of("ingest", 2, "detect", 2, "embed", 1, "match", 1);
    /** What grows with the faces in a frame. */
    private static final Set<String> PER_FACE = Set.of("faces", "embeddings", "identities");

    /** What is written now and then for a camera, however many frames it sends. */
    private static final Set<String> PER_CAMERA = Set.of("sightings", "ledger", "settled", "cameras");

    /** A broker of 16 cores, 2 TB of disk filled to 70 %, 10 Gbit/s used to a half. */
    private static final double BROKER_CORES = 16;

    private static final double BROKER_DISK_BYTES = 2e12 * 0.7;
    private static final double BROKER_BYTES_PER_SECOND = 10e9 / 8 / 2;
    /** Whole segments are dropped, a tenth of the retention each, and the active one not at all. */
    private static final double LATE_SEGMENTS = 1.2;

    /** Compacted topics hold a record per camera and what has not been compacted yet. */
    private static final double COMPACTED_BYTES_PER_CAMERA = 256 * 1024;

    private static final int TEMPLATES_PER_PERSON = 5;
    /** Of 512 numbers: 2 000 persons of five took Redis 7.0 2 799 bytes for each, keys and names included. */
    private static final long TEMPLATE_BYTES = 2_800;

    private static final int VISITS_PER_CAMERA_AND_DAY = 200;
    private static final int PICTURE_DAYS = 7;

    private Planner() {}

    /** Throws {@link IllegalArgumentException} where no number of machines carries it. */
    public static FleetPlan plan(Demand demand, MeasuredCosts costs) {
        MeasuredCosts.Row cost = costs.at(demand.widthPx());
        List<String> remarks = new ArrayList<>();
        remarks(demand, costs, remarks);
        List<Stage> stages = new ArrayList<>();
        MeasuredCosts.STAGES.forEach(name -> stages.add(stage(name, millis(name, demand, cost), demand)));
        int gpus = gpus(demand);
        int partitions = partitions(demand, stages, remarks);
        return new FleetPlan(
                demand, cost, partitions, stages, gpus, brokers(demand, cost), redisBytes(demand, cost), remarks);
    }

    private static double millis(String stage, Demand demand, MeasuredCosts.Row cost) {
        double measured = cost.cpuMillis().getOrDefault(stage, 0.0);
        double faces = demand.facesPerFrame() / cost.facesPerFrame();
        return switch (stage) {
            case "embed" -> measured * faces * (demand.gpuFacesPerSecond().isPresent() ? BESIDE_THE_GPU : 1);
            case "match" -> measured * Math.max(1, faces);
            default -> measured;
        };
    }

    private static Stage stage(String name, double cpuMillis, Demand demand) {
        double cores = demand.framesPerSecond() * cpuMillis / 1_000 * demand.headroom();
        int threads = (int) Math.max(1, Math.ceil(cores));
        int perPod = THREADS_PER_POD.getOrDefault(name, 1);
        return new Stage(name, cpuMillis, cores, threads, (threads + perPod - 1) / perPod);
    }

    private static int gpus(Demand demand) {
        if (demand.gpuFacesPerSecond().isEmpty()) {
            return 0;
        }
        double faces = demand.framesPerSecond() * demand.facesPerFrame() * demand.headroom();
        return (int) Math.max(1, Math.ceil(faces / demand.gpuFacesPerSecond().getAsDouble()));
    }

    private static int partitions(Demand demand, List<Stage> stages, List<String> remarks) {
        // ingest does not read from partitions: its cameras are listed
        List<Stage> streams = stages.subList(1, stages.size());
        int threads = streams.stream().mapToInt(Stage::threads).max().orElse(1);
        double slowestMillis =
                streams.stream().mapToDouble(Stage::cpuMillis).max().orElse(0);
        double ofOneCamera = demand.fps() * slowestMillis / 1_000;
        if (ofOneCamera > FULL_THREAD) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "one camera at %s fps takes %.2f of a core in one stage (%.1f ms a frame), and a camera's frames are"
                            + " handled by one thread, which is full at %.1f: take fewer frames a second, or narrower ones",
                    demand.fps(),
                    ofOneCamera,
                    slowestMillis,
                    FULL_THREAD));
        }
        int partitions = roundUp(Math.max(PARTITIONS_STEP, PARTITIONS_PER_THREAD * threads));
        while (partitions < MAX_PARTITIONS && fullest(demand.cameras(), partitions) * ofOneCamera > FULL_THREAD) {
            partitions += PARTITIONS_STEP;
        }
        if (partitions > MAX_PARTITIONS || fullest(demand.cameras(), partitions) * ofOneCamera > FULL_THREAD) {
            throw new IllegalArgumentException("this takes more than " + MAX_PARTITIONS
                    + " partitions: split the cameras over several installations, or take fewer frames a second");
        }
        if (partitions > demand.cameras()) {
            remarks.add(
                    "there are fewer cameras than partitions: some partitions, and the threads that read them, will idle");
        }
        return partitions;
    }

    /** Cameras in the fullest of so many partitions, about; never fewer than one. */
    static double fullest(int cameras, int partitions) {
        double mean = (double) cameras / partitions;
        return Math.max(1, Math.min(cameras, mean + Math.sqrt(2 * mean * Math.log(partitions))));
    }

    private static int roundUp(int partitions) {
        return (partitions + PARTITIONS_STEP - 1) / PARTITIONS_STEP * PARTITIONS_STEP;
    }

    private static Brokers brokers(Demand demand, MeasuredCosts.Row cost) {
        double in = 0;
        Map<String, Double> disk = new TreeMap<>();
        for (Topic<?> topic : Topics.all()) {
            String name = topic.shortName();
            double rate = rate(name, demand, cost);
            in += rate;
            double kept = topic.isCompacted()
                    ? COMPACTED_BYTES_PER_CAMERA * demand.cameras()
                    : rate * topic.retention().toSeconds() * LATE_SEGMENTS;
            disk.put(name, kept * demand.replicas());
        }
        // frames, faces, embeddings and settled are read by the stages, identities and sightings by whom they are for
        double out = in;
        double between = in * (demand.replicas() - 1);
        double cores = demand.framesPerSecond()
                * cost.cpuMillis().getOrDefault(MeasuredCosts.BROKER, 0.0)
                / 1_000
                * demand.headroom();
        double diskBytes =
                disk.values().stream().mapToDouble(Double::doubleValue).sum();
        double count = Math.max(
                Math.max(cores / BROKER_CORES, diskBytes / BROKER_DISK_BYTES),
                Math.max(in + between, out + between) / BROKER_BYTES_PER_SECOND);
        return new Brokers(
                (int) Math.max(demand.replicas(), Math.ceil(count)),
                cores,
                demand.fps() * cost.bytes().getOrDefault("frames", 0.0),
                in,
                out,
                between,
                disk);
    }

    /** Bytes a second that are written to a topic. */
    private static double rate(String topic, Demand demand, MeasuredCosts.Row cost) {
        double ofAFrame = cost.bytes().getOrDefault(topic, 0.0);
        if (PER_CAMERA.contains(topic)) {
            return demand.cameras() * ofAFrame * cost.fps();
        }
        double faces = PER_FACE.contains(topic) ? demand.facesPerFrame() / cost.facesPerFrame() : 1;
        return demand.framesPerSecond() * ofAFrame * faces;
    }

    private static double redisBytes(Demand demand, MeasuredCosts.Row cost) {
        double picture = cost.bytes().getOrDefault("faces", 0.0) / cost.facesPerFrame();
        double pictures = (double) demand.cameras() * VISITS_PER_CAMERA_AND_DAY * PICTURE_DAYS * picture;
        return (double) demand.people() * TEMPLATES_PER_PERSON * TEMPLATE_BYTES + pictures;
    }

    private static void remarks(Demand demand, MeasuredCosts costs, List<String> remarks) {
        int narrowest = costs.rows().get(0).widthPx();
        int widest = costs.rows().get(costs.rows().size() - 1).widthPx();
        if (demand.widthPx() < narrowest || demand.widthPx() > widest) {
            remarks.add("measured were widths of " + narrowest + " to " + widest + " px; " + demand.widthPx()
                    + " px is reckoned from them");
        }
        if (demand.gpuFacesPerSecond().isPresent()) {
            remarks.add("the CPU of workers with a GPU is taken as a fifth of the others': assumed, not measured");
        }
        if (demand.replicas() == 1) {
            remarks.add("with one replica, a broker that is lost loses its records");
        }
    }
}
