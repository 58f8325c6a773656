package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_PERSONS;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_RECALL_CHECKED;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_RECALL_FOUND;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_REVISION;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_SEARCH;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_SYNC_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.GALLERY_TEMPLATES;
import static io.sightline.runtime.metrics.SightlineMeter.PICTURES_DROPPED;
import static io.sightline.runtime.metrics.SightlineMeter.PICTURES_STORED;
import static io.sightline.runtime.metrics.SightlineMeter.REDIS_CALL;

import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** Whether all matchers have the same gallery, how fast and how well they search it, and how Redis does. */
final class GalleryBoard {
    private GalleryBoard() {}

    static Board board() {
        return new Board(
                60,
                "gallery",
                "gallery and Redis",
                "Whether all matchers have the same gallery, how fast and how well it is searched, and how Redis answers.",
                60,
                List.of(Board.Variable.INSTANCE),
                List.of(glance(), index(), redis()));
    }

    private static Row glance() {
        return Row.of(
                "At a glance",
                4,
                Panel.number("Persons", "Enrolled persons in the local index.", Unit.COUNT)
                        .query(Series.of(GALLERY_PERSONS).max(), ""),
                Panel.number("Templates", "Pictures of them that are compared with.", Unit.COUNT)
                        .query(Series.of(GALLERY_TEMPLATES).max(), ""),
                Panel.number(
                                "Changes apart",
                                "Between the matcher that is furthest and the one that is least far: must be 0.",
                                Unit.COUNT)
                        .query(
                                Series.of(GALLERY_REVISION).max() + " - "
                                        + Series.of(GALLERY_REVISION).min(),
                                "")
                        .limits(Limits.never(1))
                        .runbook("GalleryDiverged"),
                Panel.number("Heard from Redis", "The matcher that has not heard for longest.", Unit.SECONDS)
                        .query(Series.of(GALLERY_SYNC_AGE).max(), "")
                        .limits(Limits.above(20, 60))
                        .runbook("GalleryStale"),
                Panel.number(
                                "Recall",
                                "Of the searches that were done again the exact way, those that had found the same, over a day.",
                                Unit.SHARE)
                        .query(recall("1d"), "")
                        .limits(Limits.below(0.98, 0.99))
                        .runbook("RecallLow"),
                Panel.number("Searches", "Of the index, a second.", Unit.PER_SECOND)
                        .query(Series.of(GALLERY_SEARCH).countRate(), ""));
    }

    private static Row index() {
        return Row.of(
                "Index",
                8,
                Panel.lines(
                                "Revision by instance",
                                "Changes that each index has taken in: all lines lie on each other.",
                                Unit.COUNT)
                        .query(Series.of(GALLERY_REVISION).max("instance"), "{{instance}}")
                        .runbook("GalleryDiverged"),
                Panel.lines("Last heard from Redis", "By instance.", Unit.SECONDS)
                        .query(Series.of(GALLERY_SYNC_AGE).max("instance"), "{{instance}}")
                        .limits(Limits.above(20, 60))
                        .runbook("GalleryStale"),
                Panel.lines("One search", "Of the local index.", Unit.SECONDS)
                        .query(Series.of(GALLERY_SEARCH).quantile(0.5), "half of them")
                        .query(Series.of(GALLERY_SEARCH).quantile(0.99), "99 in 100"));
    }

    private static Row redis() {
        return Row.of(
                "Redis",
                8,
                Panel.lines("Calls to Redis", "95 in 100 are faster, by how they ended.", Unit.SECONDS)
                        .query(Series.of(REDIS_CALL).quantile(0.95, "result"), "{{result}}")
                        .limits(Limits.above(0.1, 1))
                        .runbook("RedisCallsFail"),
                Panel.lines("Calls per second", "By how they ended.", Unit.PER_SECOND)
                        .query(Series.of(REDIS_CALL).countRate("result"), "{{result}}")
                        .runbook("RedisCallsFail"),
                Panel.lines(
                                "Pictures of sightings",
                                "Stored, and dropped because the queue was full or Redis away.",
                                Unit.PER_MINUTE)
                        .query("60 * " + Series.of(PICTURES_STORED).rate(), "stored")
                        .query("60 * " + Series.of(PICTURES_DROPPED).rate(), "dropped")
                        .runbook("RedisCallsFail"));
    }

    private static String recall(String range) {
        return Series.of(GALLERY_RECALL_FOUND).increase(range) + " / "
                + Series.of(GALLERY_RECALL_CHECKED).increase(range);
    }
}
