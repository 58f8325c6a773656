package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_BYTES;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_CLOCK_OFFSET;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_DECODE_ERRORS;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_FRAME_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_PICTURE_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_RECONNECTS;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_STATE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_WINDOW;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_CAPTURED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_IN_FLIGHT;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SETTLED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SHED;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_UNACCOUNTED;

import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** One camera, or a few: what it sends, and what became of it. */
final class CameraBoard {
    private static final String CHOSEN = "$camera";

    private CameraBoard() {}

    static Board board() {
        return new Board(
                20,
                "camera",
                "camera",
                "Chosen cameras: what they send, what became of each frame, and why a connection was lost.",
                30,
                List.of(Board.Variable.CAMERA, Board.Variable.INSTANCE),
                List.of(state(), pictures(), frames(), connection()));
    }

    private static Row state() {
        return Row.of(
                "State",
                7,
                Panel.states("Trouble", "The first that holds of ended, frozen, silent and shedding.", Words.TROUBLE)
                        .query(Troubles.camera(CHOSEN), "{{camera}}")
                        .runbook("CameraSilent", "CameraFrozen")
                        .wide(12),
                Panel.states("State", "Of the connection, as ingest has it.", Words.CAMERA_STATE)
                        .query(of(CAMERA_STATE).min("camera"), "{{camera}}")
                        .runbook("CameraSilent")
                        .wide(12));
    }

    private static Row pictures() {
        return Row.of(
                "Pictures",
                8,
                Panel.lines(
                                "Picture stands still for",
                                "Since the picture last changed. A real scene has noise, so that it changes even at night.",
                                Unit.SECONDS)
                        .query(of(CAMERA_PICTURE_AGE).min("camera"), "{{camera}}")
                        .limits(FleetBoard.AGE)
                        .runbook("CameraFrozen"),
                Panel.lines("Last frame", "Since the last frame came.", Unit.SECONDS)
                        .query(of(CAMERA_FRAME_AGE).min("camera"), "{{camera}}")
                        .limits(FleetBoard.AGE)
                        .runbook("CameraSilent"),
                Panel.lines("Decode errors", "Damaged pictures and packets.", Unit.PER_MINUTE)
                        .query("60 * " + of(CAMERA_DECODE_ERRORS).rate("camera"), "{{camera}}")
                        .limits(Limits.above(1, 10))
                        .runbook("CameraPictureDamaged"));
    }

    private static Row frames() {
        return Row.of(
                "Frames",
                8,
                Panel.lines(
                                "Captured",
                                "Frames taken for analysis, after the camera's own fps setting.",
                                Unit.FRAMES_PER_SECOND)
                        .query(of(FRAMES_CAPTURED).rate("camera"), "{{camera}}"),
                Panel.lines(
                                "Outcomes",
                                "What became of them: each frame has exactly one outcome.",
                                Unit.FRAMES_PER_SECOND)
                        .query(of(FRAMES_SETTLED).rate("outcome"), "{{outcome}}")
                        .stacked()
                        .runbook("LossBudgetBurnsFast"),
                Panel.lines(
                                "Given up by ingest",
                                "Before encoding, by reason: admission (stages are slow), broker (away), decoder (this machine"
                                        + " is full).",
                                Unit.FRAMES_PER_SECOND)
                        .query(
                                of(FRAMES_SHED)
                                        .where("reason", "admission|broker|decoder")
                                        .rate("reason"),
                                "{{reason}}")
                        .stacked()
                        .runbook("FramesShed"),
                Panel.lines(
                                "In flight",
                                "Published and not yet settled. At the window, the next frame is shed: the stages are slow,"
                                        + " not the camera.",
                                Unit.COUNT)
                        .query(of(FRAMES_IN_FLIGHT).sum("camera"), "{{camera}}"),
                Panel.lines("Window", "How many frames may be in flight; it follows the latency.", Unit.COUNT)
                        .query(of(CAMERA_WINDOW).min("camera"), "{{camera}}"),
                Panel.lines("Unaccounted", "Gaps in the ledger: must be 0.", Unit.COUNT)
                        .query(of(FRAMES_UNACCOUNTED).sum("camera"), "{{camera}}")
                        .limits(Limits.never(1))
                        .runbook("FramesUnaccounted"));
    }

    private static Row connection() {
        return Row.of(
                "Connection",
                8,
                Panel.lines("Received", "Compressed video.", Unit.BYTES_PER_SECOND)
                        .query(of(CAMERA_BYTES).rate("camera"), "{{camera}}"),
                Panel.lines("Reconnects, by cause", "Connections lost or refused in the last five minutes.", Unit.COUNT)
                        .query(
                                of(CAMERA_RECONNECTS).increase("5m", "camera", "cause") + " > 0 or "
                                        + of(CAMERA_RECONNECTS).increase("5m", "camera"),
                                "{{camera}} {{cause}}")
                        .runbook("CameraSilent"),
                Panel.lines(
                                "Clock",
                                "The camera's clock less ours, where it tells one by RTCP. Times of sightings come from it.",
                                Unit.SECONDS)
                        .query(of(CAMERA_CLOCK_OFFSET).max("camera"), "{{camera}}")
                        .ifNone("none of these cameras tells its time"));
    }

    private static Series of(SightlineMeter meter) {
        return Series.of(meter).where("camera", CHOSEN);
    }
}
