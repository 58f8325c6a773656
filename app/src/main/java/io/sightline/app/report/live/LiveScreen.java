package io.sightline.app.report.live;

import io.sightline.app.report.CameraSnapshot;
import io.sightline.app.report.FaceNow;
import io.sightline.app.report.Percentiles;
import io.sightline.app.report.RunSnapshot;
import io.sightline.app.report.SightingLine;
import io.sightline.app.report.text.Columns;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A snapshot as lines of a terminal: a head line, a table of cameras with what each sees now, the latest sightings. No line
 * is wider than the screen, and there are fewer lines than rows. Pure.
 */
final class LiveScreen {
    private static final int STATE_COLUMNS = 12;
    private static final int LEAST_CAMERA_COLUMNS = 8;
    private static final int MOST_CAMERA_COLUMNS = 20;
    private static final int LEAST_VIEW_COLUMNS = 14;
    private static final int LEAST_SIGHTINGS = 4;
    private static final int WHO_COLUMNS = 24;

    private final RunSnapshot run;
    private final ScreenSize size;
    private final int cameraColumns;
    private final Set<CameraColumn> columns;

    private LiveScreen(RunSnapshot run, ScreenSize size) {
        this.run = run;
        this.size = size;
        int longest = run.cameras().stream()
                .mapToInt(camera -> camera.camera().value().length())
                .max()
                .orElse(0);
        this.cameraColumns = Math.min(MOST_CAMERA_COLUMNS, Math.max(LEAST_CAMERA_COLUMNS, longest));
        int room = size.columns() - 1 - cameraColumns - 1 - STATE_COLUMNS - 1 - LEAST_VIEW_COLUMNS;
        this.columns = CameraColumn.fitting(room, run.cameras());
    }

    static List<StyledLine> render(RunSnapshot run, ScreenSize size) {
        return new LiveScreen(run, size).lines();
    }

    private List<StyledLine> lines() {
        int room = size.rows() - 1;
        List<StyledLine> lines = new ArrayList<>();
        lines.add(head());
        lines.add(StyledLine.EMPTY);
        lines.add(titles());
        int sightings = run.sightings().isEmpty() ? 0 : Math.min(run.sightings().size(), LEAST_SIGHTINGS) + 2;
        lines.addAll(cameras(Math.max(1, room - lines.size() - sightings)));
        if (!run.sightings().isEmpty() && room - lines.size() > 2) {
            lines.add(StyledLine.EMPTY);
            lines.add(StyledLine.EMPTY.and(" LATEST SIGHTINGS", Style.FAINT));
            lines.addAll(sightings(room - lines.size()));
        }
        return lines.stream().limit(room).map(line -> line.cut(size.columns())).toList();
    }

    private StyledLine head() {
        double fps =
                run.cameras().stream().mapToDouble(CameraSnapshot::recentFps).sum();
        StyledLine line = StyledLine.EMPTY
                .and(" Sightline", Style.HEAD)
                .and("  " + Figures.clock(run.elapsed()), Style.STRONG)
                .and("   " + Figures.fps(fps) + " fps", Style.PLAIN)
                .and("   latency p50 ", Style.FAINT)
                .and(Figures.millis(run.latency(), Percentiles::p50Ms), Style.STRONG)
                .and(" p95 ", Style.FAINT)
                .and(Figures.millis(run.latency(), Percentiles::p95Ms), Style.STRONG)
                .and(" p99 ", Style.FAINT)
                .and(Figures.millis(run.latency(), Percentiles::p99Ms), Style.STRONG)
                .and(" ms", Style.FAINT)
                .and("   " + run.settled() + " frames", Style.PLAIN);
        long shed = run.frames(Outcome.SHED);
        line = line.and("   " + shed + " shed", shed == 0 ? Style.FAINT : Style.CAUTION);
        return run.unreadable() == 0 ? line : line.and("   " + run.unreadable() + " records unreadable", Style.BAD);
    }

    private StyledLine titles() {
        StringBuilder titles = new StringBuilder(" ")
                .append(Columns.left("CAMERA", cameraColumns))
                .append(' ')
                .append(Columns.left("STATE", STATE_COLUMNS));
        for (CameraColumn column : columns) {
            titles.append(' ').append(Columns.right(column.title(), column.columns()));
        }
        return StyledLine.EMPTY.and(titles.append("  IN VIEW").toString(), Style.FAINT);
    }

    /** At most {@code room} lines; what does not fit is counted in the last one. */
    private List<StyledLine> cameras(int room) {
        List<StyledLine> lines = new ArrayList<>();
        int shown = 0;
        for (CameraSnapshot camera : run.cameras()) {
            List<StyledLine> block = camera(camera);
            boolean isLast = shown == run.cameras().size() - 1;
            if (lines.size() + block.size() > (isLast ? room : room - 1)) {
                break;
            }
            lines.addAll(block);
            shown++;
        }
        int hidden = run.cameras().size() - shown;
        if (hidden > 0) {
            lines.add(StyledLine.EMPTY.and(" … and " + hidden + " more cameras", Style.FAINT));
        }
        return lines;
    }

    private List<StyledLine> camera(CameraSnapshot camera) {
        StyledLine line = StyledLine.EMPTY
                .and(" " + Columns.left(camera.camera().value(), cameraColumns), Style.STRONG)
                .and(" " + Columns.left(PlainText.clean(camera.state()), STATE_COLUMNS), style(camera.state()));
        for (CameraColumn column : columns) {
            line = line.and(" " + Columns.right(column.value(camera), column.columns()), column.style(camera));
        }
        List<StyledLine> lines = new ArrayList<>(List.of(inView(line.and("  ", Style.PLAIN), camera.inView())));
        if (camera.cause().isPresent() && !camera.state().equals("streaming")) {
            String why = camera.cause().orElse("")
                    + camera.detail().map(text -> ": " + text).orElse("");
            lines.add(StyledLine.EMPTY
                    .and(" ".repeat(cameraColumns + 2), Style.PLAIN)
                    .andForeign(why, camera.state().equals("ended") ? Style.FAINT : Style.CAUTION));
        }
        return lines;
    }

    private static StyledLine inView(StyledLine begun, List<FaceNow> faces) {
        StyledLine line = begun;
        String between = "";
        for (FaceNow face : faces) {
            line = line.and(between, Style.PLAIN).andForeign(face.label(), style(face.outcome()));
            if (face.similarity().isPresent()) {
                line = line.and(" " + Figures.similarity(face.similarity().getAsDouble()), Style.FAINT);
            }
            between = ", ";
        }
        return line;
    }

    /** The newest first, at most {@code room}. */
    private List<StyledLine> sightings(int room) {
        List<StyledLine> lines = new ArrayList<>();
        List<SightingLine> all = run.sightings();
        for (int i = all.size() - 1; i >= 0 && lines.size() < room; i--) {
            lines.add(sighting(all.get(i)));
        }
        return lines;
    }

    private StyledLine sighting(SightingLine sighting) {
        Style who = sighting.person().isPresent() ? Style.GOOD : Style.CAUTION;
        return StyledLine.EMPTY
                .and(sighting.isOpen() ? " ● " : "   ", Style.GOOD)
                .and(Figures.clock(sighting.fromS()) + "–" + Figures.clock(sighting.toS()), Style.PLAIN)
                .and("  " + Columns.left(sighting.camera().value(), cameraColumns), Style.STRONG)
                .and("  " + Columns.left(PlainText.clean(sighting.who()), WHO_COLUMNS), who)
                .and(" " + Columns.right(Long.toString(sighting.frames()), 6) + " frames  ", Style.FAINT)
                .and(Figures.similarity(sighting.similarity()), Style.PLAIN);
    }

    private static Style style(Outcome outcome) {
        return switch (outcome) {
            case IDENTIFIED -> Style.GOOD;
            case UNKNOWN -> Style.CAUTION;
            case LOW_QUALITY, NO_FACE, SHED -> Style.FAINT;
            case REJECTED -> Style.BAD;
        };
    }

    private static Style style(String state) {
        return switch (state) {
            case "streaming" -> Style.GOOD;
            case "ended", "stopped", "waiting" -> Style.FAINT;
            case "reconnecting" -> Style.BAD;
            default -> Style.CAUTION;
        };
    }
}
