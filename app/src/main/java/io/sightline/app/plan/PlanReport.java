package io.sightline.app.plan;

import io.sightline.app.plan.FleetPlan.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A plan as text for a terminal and as a tree for JSON. */
public final class PlanReport {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double BITS = 8;
    private static final double SMALL_DISK = 1e9;

    private PlanReport() {}

    /** Lines without line breaks. */
    public static List<String> text(FleetPlan plan, MeasuredCosts costs) {
        Demand demand = plan.demand();
        List<String> lines = new ArrayList<>();
        lines.add(said(
                "%d cameras at %s fps, %d px wide, %s faces a frame: %s frames/s",
                demand.cameras(),
                number(demand.fps()),
                demand.widthPx(),
                number(demand.facesPerFrame()),
                number(demand.framesPerSecond())));
        lines.add("");
        lines.add(said("partitions  %d", plan.partitions()));
        lines.add("");
        lines.add("stage    ms/frame    cores  threads  pods");
        for (Stage stage : plan.stages()) {
            lines.add(said(
                    "%-8s %8.2f %8.1f %8d %5d",
                    stage.name(), stage.cpuMillis(), stage.cores(), stage.threads(), stage.pods()));
        }
        if (plan.gpus() > 0) {
            lines.add(said("embed runs on %d GPU%s, one a pod", plan.gpus(), plan.gpus() == 1 ? "" : "s"));
        }
        lines.add("");
        lines.addAll(brokers(plan));
        lines.add("");
        lines.add(said(
                "redis    %s of memory for %d persons and a week's pictures of visits",
                bytes(plan.redisBytes()), demand.people()));
        lines.add("");
        lines.add(said(
                "measured on %s, %s; cores are %s times the mean load",
                costs.machine(), costs.date(), number(demand.headroom())));
        plan.remarks().forEach(remark -> lines.add("note: " + remark));
        return lines;
    }

    private static List<String> brokers(FleetPlan plan) {
        FleetPlan.Brokers brokers = plan.brokers();
        List<String> lines = new ArrayList<>();
        lines.add(said(
                "kafka    %d broker%s, %.1f cores and %s of disk in all, %d replica%s",
                brokers.count(),
                brokers.count() == 1 ? "" : "s",
                brokers.cores(),
                bytes(brokers.diskBytes()),
                plan.demand().replicas(),
                plan.demand().replicas() == 1 ? "" : "s"));
        lines.add(said(
                "network  in %s, out %s, between brokers %s; a camera's frames %s",
                rate(brokers.in()), rate(brokers.out()), rate(brokers.between()), rate(brokers.perCamera())));
        StringBuilder disk = new StringBuilder("disk     ");
        new TreeMap<>(brokers.disk())
                .entrySet().stream()
                        .filter(topic -> topic.getValue() >= SMALL_DISK)
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .forEach(topic -> disk.append(topic.getKey())
                                .append(' ')
                                .append(bytes(topic.getValue()))
                                .append("  "));
        lines.add(disk.toString().stripTrailing());
        return lines;
    }

    /** Maps, lists, texts and numbers; bytes and bytes a second, milliseconds and cores. */
    public static Map<String, Object> tree(FleetPlan plan, MeasuredCosts costs) {
        Demand demand = plan.demand();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cameras", demand.cameras());
        tree.put("fps", demand.fps());
        tree.put("width_px", demand.widthPx());
        tree.put("faces_per_frame", demand.facesPerFrame());
        tree.put("frames_per_second", demand.framesPerSecond());
        tree.put("partitions", plan.partitions());
        Map<String, Object> stages = new LinkedHashMap<>();
        for (Stage stage : plan.stages()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("cpu_ms_per_frame", stage.cpuMillis());
            one.put("cores", stage.cores());
            one.put("threads", stage.threads());
            one.put("pods", stage.pods());
            stages.put(stage.name(), one);
        }
        tree.put("stages", stages);
        tree.put("gpus", plan.gpus());
        Map<String, Object> kafka = new LinkedHashMap<>();
        kafka.put("brokers", plan.brokers().count());
        kafka.put("replicas", demand.replicas());
        kafka.put("cores", plan.brokers().cores());
        kafka.put("camera_bytes_per_second", plan.brokers().perCamera());
        kafka.put("in_bytes_per_second", plan.brokers().in());
        kafka.put("out_bytes_per_second", plan.brokers().out());
        kafka.put("between_bytes_per_second", plan.brokers().between());
        kafka.put("disk_bytes", plan.brokers().diskBytes());
        kafka.put("disk_bytes_by_topic", new TreeMap<>(plan.brokers().disk()));
        tree.put("kafka", kafka);
        tree.put("redis_bytes", plan.redisBytes());
        tree.put("headroom", demand.headroom());
        tree.put("measured", Map.of("machine", costs.machine(), "date", costs.date(), "command", costs.command()));
        tree.put("remarks", plan.remarks());
        return tree;
    }

    private static String rate(double bytesPerSecond) {
        double bits = bytesPerSecond * BITS;
        return bits >= GIGA ? said("%.1f Gbit/s", bits / GIGA) : said("%.1f Mbit/s", bits / MEGA);
    }

    private static String bytes(double bytes) {
        if (bytes >= 1_000 * GIGA) {
            return said("%.1f TB", bytes / GIGA / 1_000);
        }
        return bytes >= GIGA ? said("%.1f GB", bytes / GIGA) : said("%.0f MB", bytes / MEGA);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? said("%.0f", value) : said("%s", value);
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
