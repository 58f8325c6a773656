package io.sightline.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * CPU time of this process' threads and of its children, summed by what they work for. A thread belongs to the stage whose
 * name its own begins with; threads of the JVM itself (compiler, collector) are what the process took beyond all others.
 *
 * <p>A thread that ended between two readings keeps what was last read of it, so sums never shrink.
 */
final class CpuByStage {
    private static final List<String> STAGES = List.of(
            "ingest", "sightline-detect", "sightline-embed", "sightline-match", "report", "frame-sampler", "ops");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Usage> usages = new LinkedHashMap<>();
    private final Set<Long> otherPids;

    /** Child processes with these ids are none of the system's. */
    CpuByStage(Set<Long> otherPids) {
        this.otherPids = Set.copyOf(otherPids);
    }

    /** Reads all threads; call it every second or so, and at the end. */
    synchronized void sample() {
        for (long id : threads.getAllThreadIds()) {
            long nanos = threads.getThreadCpuTime(id);
            ThreadInfo info = threads.getThreadInfo(id);
            if (nanos >= 0 && info != null) {
                usages.put(id, new Usage(stageOf(info.getThreadName()), nanos));
            }
        }
    }

    /** CPU seconds so far: one entry per stage, {@code other} threads, {@code jvm}, and {@code servers} (child processes). */
    synchronized Map<String, Double> seconds() {
        Map<String, Double> seconds = new TreeMap<>();
        usages.values().forEach(usage -> seconds.merge(usage.stage(), usage.nanos() / 1e9, Double::sum));
        double ofThreads =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        seconds.put("jvm", Math.max(0, ofProcess(ProcessHandle.current()) - ofThreads));
        seconds.put(
                "servers",
                ProcessHandle.current()
                        .descendants()
                        .filter(process -> !otherPids.contains(process.pid()))
                        .mapToDouble(CpuByStage::ofProcess)
                        .sum());
        return seconds;
    }

    private static double ofProcess(ProcessHandle process) {
        Optional<Duration> total = process.info().totalCpuDuration();
        return total.map(Duration::toNanos).orElse(0L) / 1e9;
    }

    private static String stageOf(String threadName) {
        return STAGES.stream().filter(threadName::startsWith).findFirst().orElse("other");
    }

    private record Usage(String stage, long nanos) {}
}
