package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.BATCH_SIZE;
import static io.sightline.runtime.metrics.SightlineMeter.BATCH_WAIT;
import static io.sightline.runtime.metrics.SightlineMeter.CAPTURE_DELAY;
import static io.sightline.runtime.metrics.SightlineMeter.FACES;
import static io.sightline.runtime.metrics.SightlineMeter.LATENCY;
import static io.sightline.runtime.metrics.SightlineMeter.MODEL_INFO;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_RECORDS;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_SERVICE;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_WAIT;
import static io.sightline.runtime.metrics.SightlineMeter.STEP;
import static io.sightline.runtime.metrics.SightlineMeter.TRACES;

import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** Where a frame's time goes: waiting apart from work, stage by stage and step by step. */
final class StagesBoard {
    private StagesBoard() {}

    static Board board() {
        return new Board(
                30,
                "stages",
                "stages",
                "Where a frame's time goes, from its receipt to its decision: waiting apart from work, stage by stage.",
                30,
                List.of(Board.Variable.STAGE, Board.Variable.INSTANCE),
                List.of(latency(), stages(), work(), inference(), models()));
    }

    private static Row latency() {
        return Row.of(
                "From receipt to decision",
                9,
                Panel.heat(
                                "Decisions by latency",
                                "How many decisions a second came how late. The objective: 99 in 100 within 500 ms.",
                                Unit.SECONDS)
                        .query(Series.of(LATENCY).buckets(), "{{le}}")
                        .runbook("LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly")
                        .wide(12),
                Panel.lines(
                                "Age at each stage's end",
                                "From a frame's receipt; half of the frames, and 95 in 100. The last stage's is the latency.",
                                Unit.SECONDS)
                        .query(of(STAGE_AGE).quantile(0.5, "stage"), "{{stage}} p50")
                        .query(of(STAGE_AGE).quantile(0.95, "stage"), "{{stage}} p95")
                        .limits(Limits.never(0.5))
                        .wide(12));
    }

    private static Row stages() {
        return Row.of(
                "Stage by stage",
                8,
                Panel.lines(
                                "Waiting before the stage",
                                "Half of the frames, and 95 in 100. It rises before the slow stage.",
                                Unit.SECONDS)
                        .query(of(STAGE_WAIT).quantile(0.5, "stage"), "{{stage}} p50")
                        .query(of(STAGE_WAIT).quantile(0.95, "stage"), "{{stage}} p95")
                        .limits(FleetBoard.WAIT)
                        .runbook("StageBehind"),
                Panel.lines(
                                "Work on one record",
                                "The stage's own work: mean, and what 95 in 100 stay below.",
                                Unit.SECONDS)
                        .query(of(STAGE_SERVICE).average("stage"), "{{stage}} mean")
                        .query(of(STAGE_SERVICE).quantile(0.95, "stage"), "{{stage}} p95"),
                Panel.lines(
                                "Busy",
                                "How many threads' time the stage's work takes. Near the number of its threads"
                                        + " (workers.*-threads × instances) it can do no more.",
                                Unit.NONE)
                        .query(of(STAGE_SERVICE).sumRate("stage"), "{{stage}}")
                        .runbook("StageBehind"));
    }

    private static Row work() {
        return Row.of(
                "Work",
                8,
                Panel.lines("Steps", "Mean time of each step of the work on a frame.", Unit.SECONDS)
                        .query(of(STEP).average("stage", "step"), "{{stage}}: {{step}}"),
                Panel.lines(
                                "Records, by result",
                                "Every record taken from a topic has exactly one result; settled means decided before and"
                                        + " handed on.",
                                Unit.RECORDS_PER_SECOND)
                        .query(of(STAGE_RECORDS).rate("stage", "result"), "{{stage}}: {{result}}")
                        .runbook("FramesShed"),
                Panel.lines("Faces, by result", "What became of faces in each stage.", Unit.FACES_PER_SECOND)
                        .query(of(FACES).rate("stage", "result"), "{{stage}}: {{result}}"));
    }

    private static Row inference() {
        return Row.of(
                "Networks, clocks and traces",
                8,
                Panel.lines(
                                "Faces in one run",
                                "Mean number of faces that a network saw at once; with embed.mirror each counts twice.",
                                Unit.NONE)
                        .query(of(BATCH_SIZE).average("stage"), "{{stage}}")
                        .wide(6),
                Panel.lines(
                                "Waiting for the batch",
                                "What a face waited for others to share its run of the network; 95 in 100 wait less.",
                                Unit.SECONDS)
                        .query(of(BATCH_WAIT).quantile(0.95, "stage"), "{{stage}}")
                        .ifNone("no worker gathers faces")
                        .wide(6),
                Panel.lines(
                                "From capture to receipt",
                                "What the camera and the network take, by what told the time of capture; 95 in 100 take less.",
                                Unit.SECONDS)
                        .query(Series.of(CAPTURE_DELAY).quantile(0.95, "source"), "{{source}}")
                        .ifNone("no camera tells its time")
                        .wide(6),
                Panel.lines("Traces kept", "By why: sampled, slow or failed.", Unit.PER_SECOND)
                        .query(Series.of(TRACES).rate("reason"), "{{reason}}")
                        .ifNone("no collector is set")
                        .wide(6));
    }

    private static Row models() {
        return Row.of(
                "Models",
                4,
                Panel.table(
                                "Models in use",
                                "Which model does what, and what computes it.",
                                "task",
                                "model",
                                "provider")
                        .column("Instances", Unit.COUNT, Series.of(MODEL_INFO).sum("task", "model", "provider"))
                        .wide(24));
    }

    private static Series of(SightlineMeter meter) {
        return Series.of(meter).where("stage", "$stage");
    }
}
