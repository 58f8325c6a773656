package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.DECISIONS;
import static io.sightline.runtime.metrics.SightlineMeter.FACES_PER_FRAME;
import static io.sightline.runtime.metrics.SightlineMeter.FACE_QUALITY;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SETTLED;
import static io.sightline.runtime.metrics.SightlineMeter.MARGIN;
import static io.sightline.runtime.metrics.SightlineMeter.SIGHTINGS;
import static io.sightline.runtime.metrics.SightlineMeter.SIMILARITY;

import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** Whether names are still earned: how alike, by what margin, of what quality, and how that moves over days. */
final class IdentityBoard {
    private static final String RECENT = "10m";
    private static final String LONG = "1d";

    private IdentityBoard() {}

    static Board board() {
        return new Board(
                50,
                "identity",
                "identity and drift",
                "Decisions, how sure they are, and whether that drifts: light, lenses and people change, thresholds do not.",
                60,
                List.of(Board.Variable.INSTANCE),
                List.of(decisions(), sureness(), drift()));
    }

    private static Row decisions() {
        return Row.of(
                "Decisions",
                8,
                Panel.lines(
                                "Decisions on faces",
                                "Known, unknown, ambiguous (two people too alike) or of low quality.",
                                Unit.FACES_PER_SECOND)
                        .query(Series.of(DECISIONS).rate("decision"), "{{decision}}")
                        .stacked(),
                Panel.lines(
                                "Share of decisions",
                                "Of all faces decided on. A share of unknown that doubles overnight is a camera, a light or a"
                                        + " gallery that changed.",
                                Unit.SHARE)
                        .query(
                                Series.of(DECISIONS).rate("decision") + " / on () group_left () "
                                        + Series.of(DECISIONS).rate(),
                                "{{decision}}")
                        .runbook("GalleryDiverged", "RecallLow"),
                Panel.lines("Sightings", "Events of sightings a minute: opened, updated, closed.", Unit.PER_MINUTE)
                        .query("60 * " + Series.of(SIGHTINGS).rate("event"), "{{event}}"));
    }

    private static Row sureness() {
        return Row.of(
                "How sure",
                9,
                Panel.heat(
                                "Similarity of known faces",
                                "Cosine times 100 to the person who was named, faces a second. A band that sinks towards the threshold is"
                                        + " drift.",
                                Unit.NONE)
                        .query(Series.of(SIMILARITY).where("decision", "known").buckets(), "{{le}}"),
                Panel.heat(
                                "Similarity of unknown faces",
                                "Cosine times 100 to the most similar person, faces a second. A band that rises towards the threshold is"
                                        + " where false names come from.",
                                Unit.NONE)
                        .query(
                                Series.of(SIMILARITY)
                                        .where("decision", "unknown")
                                        .buckets(),
                                "{{le}}"),
                Panel.lines(
                                "Margin to the next person",
                                "Cosine times 100 by which the most similar person beats the next; of ten faces nine have more.",
                                Unit.NONE)
                        .query(Series.of(MARGIN).quantile(0.1, "decision"), "{{decision}}"));
    }

    private static Row drift() {
        return Row.of(
                "Drift",
                8,
                Panel.lines(
                                "Similarity now and over the day",
                                "Mean cosine times 100 of known faces in the last ten minutes, and over a day. Apart by more than 5 for"
                                        + " hours: look at the cameras' pictures.",
                                Unit.NONE)
                        .query(known(RECENT), "ten minutes")
                        .query(known(LONG), "a day"),
                Panel.lines("Quality of faces", "Mean over ten minutes and over a day, 0 to 100.", Unit.PERCENT)
                        .query(Series.of(FACE_QUALITY).averageOver(RECENT), "ten minutes")
                        .query(Series.of(FACE_QUALITY).averageOver(LONG), "a day"),
                Panel.lines("Faces in a frame", "Mean, of frames with any.", Unit.NONE)
                        .query(Series.of(FACES_PER_FRAME).average(), "faces"),
                Panel.lines(
                                "Frames with faces too poor to decide",
                                "Share of settled frames, by camera. One camera alone: its lens, its light, its angle.",
                                Unit.SHARE)
                        .query(
                                "("
                                        + Series.of(FRAMES_SETTLED)
                                                .where("outcome", "low_quality")
                                                .rate("camera") + " or 0 * "
                                        + Series.of(FRAMES_SETTLED).rate("camera") + ") / "
                                        + Series.of(FRAMES_SETTLED).rate("camera"),
                                "{{camera}}")
                        .choosing("camera", "camera")
                        .wide(12),
                Panel.lines("Frames with a name", "Share of settled frames, by camera.", Unit.SHARE)
                        .query(
                                "("
                                        + Series.of(FRAMES_SETTLED)
                                                .where("outcome", "identified")
                                                .rate("camera") + " or 0 * "
                                        + Series.of(FRAMES_SETTLED).rate("camera") + ") / "
                                        + Series.of(FRAMES_SETTLED).rate("camera"),
                                "{{camera}}")
                        .choosing("camera", "camera")
                        .wide(12));
    }

    private static String known(String range) {
        return Series.of(SIMILARITY).where("decision", "known").averageOver(range);
    }
}
