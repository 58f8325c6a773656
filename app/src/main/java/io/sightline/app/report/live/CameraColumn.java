package io.sightline.app.report.live;

import io.sightline.app.report.CameraSnapshot;
import io.sightline.app.report.Percentiles;
import io.sightline.contracts.frame.Outcome;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A numeric column of the table of cameras, in the order in which they stand. */
enum CameraColumn {
    FPS("FPS", 5, 0),
    FRAMES("FRAMES", 7, 3),
    NAMED("NAMED", 6, 1),
    UNKNOWN("UNKNOWN", 7, 1),
    LOW_QUALITY("LOW-Q", 6, 4),
    NO_FACE("NO FACE", 7, 5),
    SHED("SHED", 5, 2),
    REJECTED("REJECTED", 8, 2),
    P50("P50", 5, 6),
    P95("P95", 5, 2);

    private final String title;
    private final int columns;
    private final int rank;

    CameraColumn(String title, int columns, int rank) {
        this.title = title;
        this.columns = columns;
        this.rank = rank;
    }

    String title() {
        return title;
    }

    int columns() {
        return columns;
    }

    String value(CameraSnapshot camera) {
        return switch (this) {
            case FPS -> Figures.fps(camera.recentFps());
            case FRAMES -> Long.toString(camera.settled());
            case NAMED -> Long.toString(camera.frames(Outcome.IDENTIFIED));
            case UNKNOWN -> Long.toString(camera.frames(Outcome.UNKNOWN));
            case LOW_QUALITY -> Long.toString(camera.frames(Outcome.LOW_QUALITY));
            case NO_FACE -> Long.toString(camera.frames(Outcome.NO_FACE));
            case SHED -> Long.toString(camera.frames(Outcome.SHED));
            case REJECTED -> Long.toString(camera.frames(Outcome.REJECTED));
            case P50 -> Figures.millis(camera.recentLatency(), Percentiles::p50Ms);
            case P95 -> Figures.millis(camera.recentLatency(), Percentiles::p95Ms);
        };
    }

    Style style(CameraSnapshot camera) {
        return switch (this) {
            case SHED -> camera.frames(Outcome.SHED) > 0 ? Style.CAUTION : Style.FAINT;
            case REJECTED -> camera.frames(Outcome.REJECTED) > 0 ? Style.BAD : Style.FAINT;
            case NO_FACE, LOW_QUALITY -> Style.FAINT;
            case FPS, FRAMES, NAMED, UNKNOWN, P50, P95 -> Style.PLAIN;
        };
    }

    /** Those that go into {@code room} columns, the most telling ones first; {@link #REJECTED} only where there is one. */
    static Set<CameraColumn> fitting(int room, List<CameraSnapshot> cameras) {
        EnumSet<CameraColumn> fitting = EnumSet.noneOf(CameraColumn.class);
        boolean isRejecting = cameras.stream().anyMatch(camera -> camera.frames(Outcome.REJECTED) > 0);
        int left = room;
        for (CameraColumn column : byRank()) {
            if (column == REJECTED && !isRejecting) {
                continue;
            }
            if (column.columns + 1 <= left) {
                fitting.add(column);
                left -= column.columns + 1;
            }
        }
        return fitting;
    }

    private static List<CameraColumn> byRank() {
        return EnumSet.allOf(CameraColumn.class).stream()
                .sorted(Comparator.comparingInt(column -> column.rank))
                .toList();
    }
}
