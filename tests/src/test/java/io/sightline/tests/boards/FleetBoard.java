package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_DECODE_ERRORS;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_FRAME_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_PICTURE_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_STATE;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_CAPTURED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SETTLED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SHED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_UNACCOUNTED;
import static io.sightline.runtime.metrics.SightlineMeter.LATENCY;
import static io.sightline.runtime.metrics.SightlineMeter.ROLE_READY;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_LAG;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_RECORDS;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_SERVICE;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_WAIT;

import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** Which camera, which stage: what to look at first, and enough to know where to look next. */
final class FleetBoard {
    /** A wait that takes half of the latency objective is too long; a fifth is worth a look. */
    static final Limits WAIT = Limits.above(0.1, 0.25);

    /** Half of the latency objective, and all of it. */
    static final Limits LAG = Limits.above(0.25, 0.5);

    static final Limits AGE = Limits.above(Troubles.SILENT_SECONDS, Troubles.FROZEN_SECONDS);

    private static final String ALL = ".*";

    private FleetBoard() {}

    static Board board() {
        return new Board(
                10,
                "fleet",
                "fleet",
                "All cameras and all stages at a glance: which camera needs somebody, and which stage is slow.",
                15,
                List.of(Board.Variable.INSTANCE),
                List.of(glance(), cameras(), stages(), flow()));
    }

    private static Row glance() {
        return Row.of(
                "At a glance",
                4,
                Panel.number("Cameras streaming", "Cameras that give pictures now, and how many there are.", Unit.COUNT)
                        .query("sum(" + Series.of(CAMERA_STATE).min("camera") + " == bool 1)", "streaming")
                        .query("count(" + Series.of(CAMERA_STATE).min("camera") + ")", "all")
                        .runbook("CameraSilent"),
                Panel.number(
                                "Cameras frozen",
                                "Cameras whose frames arrive while their picture has stood still for 30 s. The table below"
                                        + " says which.",
                                Unit.COUNT)
                        .query("count((" + Troubles.camera(ALL) + ") == " + frozen() + ") or vector(0)", "")
                        .limits(Limits.never(1))
                        .runbook("CameraFrozen"),
                slowestStage(),
                Panel.number(
                                "Decided in time",
                                "Of the frames that were decided, those within 500 ms of their receipt. The objective is"
                                        + " 99 %.",
                                Unit.SHARE)
                        .query(Series.of(LATENCY).shareWithin("0.5"), "")
                        .limits(Limits.below(0.9, 0.99))
                        .runbook("LatencyBudgetBurnsFast"),
                Panel.number(
                                "Frames kept",
                                "Of the frames that were settled, those neither shed nor rejected. The objective is 99 %.",
                                Unit.SHARE)
                        .query(
                                "1 - (" + lost() + " or vector(0)) / "
                                        + Series.of(FRAMES_SETTLED).rate(),
                                "")
                        .limits(Limits.below(0.9, 0.99))
                        .runbook("LossBudgetBurnsFast"),
                Panel.number(
                                "Alerts firing",
                                "Of Sightline's own rules; each has a page that says what to do.",
                                Unit.COUNT)
                        .query(
                                "count("
                                        + Series.ofAll(ForeignMeter.ALERTS)
                                                .where("alertstate", "firing")
                                                .now()
                                        + ") or vector(0)",
                                "")
                        .limits(Limits.never(1))
                        .runbook("TargetDown", "RoleNotReady"));
    }

    private static Panel slowestStage() {
        return Panel.number(
                        "Slowest stage",
                        "The stage before which frames wait longest (95 in 100 wait less). Waiting grows before a slow stage,"
                                + " never after it.",
                        Unit.SECONDS)
                .query(slowest(), "{{stage}}")
                .limits(WAIT)
                .runbook("StageBehind");
    }

    /** One series: the stage before which frames wait longest. */
    static String slowest() {
        return "topk(1, " + waiting() + ")";
    }

    /** By stage, what 95 in 100 frames wait less before it. */
    static String waiting() {
        return working(STAGE_WAIT).quantile(0.95, "stage");
    }

    private static Row cameras() {
        return Row.of(
                "Cameras",
                12,
                Panel.table(
                                "Cameras",
                                "A line per camera, those in trouble first. Frozen: frames arrive, the picture stands still."
                                        + " Silent: no frame for 10 s. Shedding: more than 5 % of its frames are given up.",
                                "camera")
                        .column("Trouble", Words.TROUBLE, Troubles.camera(ALL))
                        .column(
                                "Frames/s",
                                Unit.NONE,
                                Series.of(FRAMES_CAPTURED).rate("camera"))
                        .column(
                                "Picture age",
                                Unit.SECONDS,
                                AGE.quiet(),
                                Series.of(CAMERA_PICTURE_AGE).min("camera"))
                        .column(
                                "Frame age",
                                Unit.SECONDS,
                                AGE.quiet(),
                                Series.of(CAMERA_FRAME_AGE).min("camera"))
                        .column(
                                "Lost",
                                Unit.SHARE,
                                Limits.above(0.01, Troubles.SHEDDING_SHARE).quiet(),
                                Troubles.lostShare(ALL))
                        .column(
                                "Damaged/min",
                                Unit.NONE,
                                Limits.above(1, 10).quiet(),
                                "60 * " + Series.of(CAMERA_DECODE_ERRORS).rate("camera"))
                        .column(
                                "Unaccounted",
                                Unit.COUNT,
                                Limits.never(1).quiet(),
                                Series.of(FRAMES_UNACCOUNTED).sum("camera"))
                        .choosing("camera", "camera")
                        .runbook("CameraFrozen", "CameraSilent", "CameraPictureDamaged", "FramesUnaccounted")
                        .wide(14),
                Panel.states("Cameras over time", "The table's first column, over time.", Words.TROUBLE)
                        .query(Troubles.camera(ALL), "{{camera}}")
                        .choosing("camera", "camera")
                        .wide(10));
    }

    private static Row stages() {
        return Row.of(
                "Stages",
                8,
                Panel.table(
                                "Stages",
                                "A line per stage. A stage is slow when frames wait before it; its own work says whether each"
                                        + " record takes long or there are too many.",
                                "stage")
                        .column("Wait, p95", Unit.SECONDS, WAIT.quiet(), waiting())
                        .column(
                                "Work, mean",
                                Unit.SECONDS,
                                working(STAGE_SERVICE).average("stage"))
                        .column(
                                "Threads busy",
                                Unit.NONE,
                                working(STAGE_SERVICE).sumRate("stage"))
                        .column(
                                "Lag, mean",
                                Unit.SECONDS,
                                LAG.quiet(),
                                Series.of(STAGE_LAG).maxOfMeans("1m", "stage"))
                        .column("Records/s", Unit.NONE, Series.of(STAGE_RECORDS).rate("stage"))
                        .column(
                                "Ready",
                                Unit.COUNT,
                                Limits.atLeast(1).quiet(),
                                Series.of(ROLE_READY).sum("stage"))
                        .choosing("stage", "stages")
                        .runbook("StageBehind", "RoleNotReady", "StageThreadDied")
                        .wide(14),
                Panel.lines(
                                "Waiting before each stage",
                                "95 in 100 frames wait less, from the stamp of the stage before to the start of this one. The"
                                        + " line that rises belongs to the slow stage.",
                                Unit.SECONDS)
                        .query(waiting(), "{{stage}}")
                        .limits(WAIT)
                        .choosing("stage", "stages")
                        .runbook("LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly")
                        .wide(10));
    }

    private static Row flow() {
        return Row.of(
                "Frames",
                8,
                Panel.lines("Frames per second", "Captured, and settled by outcome.", Unit.FRAMES_PER_SECOND)
                        .query(Series.of(FRAMES_CAPTURED).rate(), "captured")
                        .query(Series.of(FRAMES_SETTLED).rate("outcome"), "{{outcome}}")
                        .detail("camera"),
                Panel.lines(
                                "From receipt to decision",
                                "How late decisions are, of frames neither shed nor rejected. The objective: 99 in 100 within"
                                        + " 500 ms.",
                                Unit.SECONDS)
                        .query(Series.of(LATENCY).quantile(0.5), "half of them")
                        .query(Series.of(LATENCY).quantile(0.95), "95 in 100")
                        .query(Series.of(LATENCY).quantile(0.99), "99 in 100")
                        .limits(Limits.never(0.5))
                        .detail("stages"),
                Panel.lines(
                                "Frames lost, by reason",
                                "Given up by ingest, by reason, and by stages: shed because they were too old, or rejected"
                                        + " because they cannot be processed.",
                                Unit.FRAMES_PER_SECOND)
                        .query(
                                Series.of(FRAMES_SHED)
                                        .where("reason", "admission|broker|decoder")
                                        .rate("reason"),
                                "{{reason}}")
                        .query(
                                Series.of(STAGE_RECORDS)
                                        .where("result", "shed|rejected")
                                        .rate("stage", "result"),
                                "{{result}} by {{stage}}")
                        .stacked()
                        .runbook("FramesShed", "LossBudgetBurnsFast", "LossBudgetBurnsSlowly"));
    }

    /** Of the stages that read a topic. */
    private static Series working(SightlineMeter meter) {
        return Series.of(meter).where("stage", "detect|embed|match");
    }

    private static int frozen() {
        return Words.TROUBLE.number("frozen");
    }

    private static String lost() {
        return Series.of(FRAMES_SETTLED).where("outcome", "shed|rejected").rate();
    }
}
