package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.BUILD_INFO;
import static io.sightline.runtime.metrics.SightlineMeter.CERTIFICATE_EXPIRY;
import static io.sightline.runtime.metrics.SightlineMeter.ROLE_READY;
import static io.sightline.runtime.metrics.SightlineMeter.ROLE_THREAD_DEATHS;

import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** The processes themselves: are they there, ready, and not out of memory, threads or time. */
final class ProcessesBoard {
    private static final String BY_INSTANCE = "{{instance}}";

    private ProcessesBoard() {}

    static Board board() {
        return new Board(
                80,
                "jvm",
                "processes (JVM)",
                "The processes themselves: whether they are there and ready; their memory, garbage collection, threads and CPU.",
                60,
                List.of(Board.Variable.INSTANCE),
                List.of(there(), memory(), cpu(), scrapes()));
    }

    private static Row there() {
        return Row.of(
                "There and ready",
                7,
                Panel.states("Answers", "Whether Prometheus reaches the process.", Words.READY)
                        .query(
                                Series.ofAll(ForeignMeter.UP)
                                        .where("job", "sightline.*")
                                        .where("instance", "$instance")
                                        .min("job", "instance"),
                                "{{job}} {{instance}}")
                        .runbook("TargetDown"),
                Panel.states("Ready", "Whether the role can work; /health/ready says what it waits for.", Words.READY)
                        .query(Series.of(ROLE_READY).min("instance", "stage"), "{{stage}} {{instance}}")
                        .runbook("RoleNotReady"),
                Panel.table("What runs", "Role and version of each process.", "instance", "role", "version")
                        .column("Processes", Unit.COUNT, Series.of(BUILD_INFO).sum("instance", "role", "version")));
    }

    private static Row memory() {
        return Row.of(
                "Memory",
                8,
                Panel.lines("Heap", "In use, and the most it may be.", Unit.BYTES)
                        .query(heap(ForeignMeter.JVM_MEMORY_USED), BY_INSTANCE + " used")
                        .query(heap(ForeignMeter.JVM_MEMORY_MAX), BY_INSTANCE + " most")
                        .runbook("StageThreadDied"),
                Panel.lines("Memory beside the heap", "Code, classes and buffers.", Unit.BYTES)
                        .query(
                                Series.of(ForeignMeter.JVM_MEMORY_USED)
                                        .where("area", "nonheap")
                                        .sum("instance"),
                                BY_INSTANCE + " code and classes")
                        .query(Series.of(ForeignMeter.JVM_BUFFER_MEMORY).sum("instance"), BY_INSTANCE + " buffers"),
                Panel.lines("Allocated", "How fast the heap fills.", Unit.BYTES_PER_SECOND)
                        .query(Series.of(ForeignMeter.JVM_ALLOCATED).rate("instance"), BY_INSTANCE));
    }

    private static Row cpu() {
        return Row.of(
                "Time",
                8,
                Panel.lines(
                                "CPU",
                                "Share of the machine's cores: the process, and everything on the machine.",
                                Unit.SHARE)
                        .query(Series.of(ForeignMeter.PROCESS_CPU).max("instance"), BY_INSTANCE)
                        .query(Series.of(ForeignMeter.SYSTEM_CPU).max("instance"), BY_INSTANCE + " machine")
                        .limits(Limits.above(0.8, 0.95))
                        .wide(6),
                Panel.lines("Garbage collection", "Share of time in which the process stood still for it.", Unit.SHARE)
                        .query(Series.of(ForeignMeter.JVM_GC_PAUSE_SUM).rate("instance"), BY_INSTANCE)
                        .limits(Limits.above(0.05, 0.1))
                        .wide(6),
                Panel.lines("Longest pause", "For garbage collection, in the last while.", Unit.SECONDS)
                        .query(Series.of(ForeignMeter.JVM_GC_PAUSE_MAX).max("instance"), BY_INSTANCE)
                        .limits(Limits.above(0.1, 0.25))
                        .wide(6),
                Panel.lines("Threads", "Live ones, and those that wait for a lock.", Unit.COUNT)
                        .query(Series.of(ForeignMeter.JVM_THREADS).max("instance"), BY_INSTANCE)
                        .query(
                                Series.of(ForeignMeter.JVM_THREAD_STATES)
                                        .where("state", "blocked")
                                        .sum("instance"),
                                BY_INSTANCE + " blocked")
                        .wide(6));
    }

    private static Row scrapes() {
        return Row.of(
                "Life",
                8,
                Panel.lines("Up since", "Age of the process; a saw is one that restarts.", Unit.SECONDS)
                        .query(Series.of(ForeignMeter.UPTIME).max("instance"), BY_INSTANCE)
                        .runbook("TargetDown")
                        .wide(6),
                Panel.lines("Stream threads that died", "Replaced, since the start of the role.", Unit.COUNT)
                        .query(Series.of(ROLE_THREAD_DEATHS).sum("instance", "stage"), "{{stage}} {{instance}}")
                        .limits(Limits.never(1))
                        .runbook("StageThreadDied")
                        .wide(6),
                Panel.lines("Certificates expire in", "By what they are used for.", Unit.SECONDS)
                        .query(Series.of(CERTIFICATE_EXPIRY).min("instance", "use"), "{{use}} {{instance}}")
                        .ifNone("no server speaks TLS")
                        .limits(Limits.below(86_400, 14 * 86_400))
                        .runbook("CertificateExpires")
                        .wide(6),
                Panel.lines("Scrape", "What collecting these numbers takes.", Unit.SECONDS)
                        .query(
                                Series.of(ForeignMeter.SCRAPE_SECONDS)
                                        .where("job", "sightline.*")
                                        .max("instance"),
                                BY_INSTANCE)
                        .limits(Limits.above(0.2, 1))
                        .runbook("TargetDown")
                        .wide(6));
    }

    private static String heap(ForeignMeter meter) {
        return Series.of(meter).where("area", "heap").sum("instance");
    }
}
