package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.GPU_MEMORY_TOTAL;
import static io.sightline.runtime.metrics.SightlineMeter.GPU_MEMORY_USED;
import static io.sightline.runtime.metrics.SightlineMeter.GPU_POWER;
import static io.sightline.runtime.metrics.SightlineMeter.GPU_TEMPERATURE;
import static io.sightline.runtime.metrics.SightlineMeter.GPU_THROTTLED;
import static io.sightline.runtime.metrics.SightlineMeter.GPU_UTILISATION;
import static io.sightline.runtime.metrics.SightlineMeter.MODEL_INFO;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_SERVICE;

import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** What the GPUs do, whether heat or power holds them back, and what is computed on them. */
final class GpuBoard {
    private static final String LEGEND = "{{instance}} {{gpu}}";

    private static final String NONE = "no GPU in use";

    private GpuBoard() {}

    static Board board() {
        return new Board(
                70,
                "gpu",
                "GPU",
                "What the GPUs do, whether heat or power holds them back, and which models they compute.",
                60,
                List.of(Board.Variable.INSTANCE),
                List.of(load(), limits(), work()));
    }

    private static Row load() {
        return Row.of(
                "Load",
                8,
                Panel.lines("Utilisation", "Share of time in which the GPU computed.", Unit.SHARE)
                        .query(by(GPU_UTILISATION), LEGEND)
                        .ifNone(NONE)
                        .limits(Limits.above(0.85, 0.97)),
                Panel.lines("Memory", "In use, and there is.", Unit.BYTES)
                        .query(by(GPU_MEMORY_USED), LEGEND + " used")
                        .query(by(GPU_MEMORY_TOTAL), LEGEND + " total")
                        .ifNone(NONE),
                Panel.lines("Memory in use", "Share. A full GPU ends the worker.", Unit.SHARE)
                        .query(by(GPU_MEMORY_USED) + " / " + by(GPU_MEMORY_TOTAL), LEGEND)
                        .ifNone(NONE)
                        .limits(Limits.above(0.85, 0.95)));
    }

    private static Row limits() {
        return Row.of(
                "Heat and power",
                8,
                Panel.states("Throttled", "Whether heat or power slows the GPU down.", Words.NO_YES)
                        .query(by(GPU_THROTTLED), LEGEND)
                        .ifNone(NONE)
                        .runbook("GpuThrottled"),
                Panel.lines("Temperature", "Of the GPU.", Unit.CELSIUS)
                        .query(by(GPU_TEMPERATURE), LEGEND)
                        .ifNone(NONE)
                        .limits(Limits.above(75, 85))
                        .runbook("GpuThrottled"),
                Panel.lines("Power", "Draw of the GPU.", Unit.WATTS)
                        .query(by(GPU_POWER), LEGEND)
                        .ifNone(NONE)
                        .runbook("GpuThrottled"));
    }

    private static Row work() {
        return Row.of(
                "Work",
                8,
                Panel.lines("Embedding one record", "Mean, and what 95 in 100 stay below.", Unit.SECONDS)
                        .query(embed().average(), "mean")
                        .query(embed().quantile(0.95), "95 in 100")
                        .runbook("GpuThrottled")
                        .wide(12),
                Panel.table(
                                "What computes the models",
                                "A worker that should use its GPU and computes on the CPU is found here.",
                                "instance",
                                "task",
                                "model",
                                "provider")
                        .column(
                                "Instances",
                                Unit.COUNT,
                                Series.of(MODEL_INFO).sum("instance", "task", "model", "provider"))
                        .wide(12));
    }

    private static Series embed() {
        return Series.of(STAGE_SERVICE).where("stage", "embed");
    }

    private static String by(SightlineMeter meter) {
        return Series.of(meter).max("instance", "gpu");
    }
}
