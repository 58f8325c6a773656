package io.sightline.app.report;

import io.sightline.app.report.text.Columns;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a run came to, as lines for people: frames by outcome, frames per second, latency, who was seen when. Pure. */
public final class RunSummary {
    private static final int LABEL = 22;
    private static final int LEAST_CAMERA = 9;
    private static final int MOST_CAMERA = 20;
    private static final int MOST_CAMERAS = 6;
    private static final int WHO = 26;
    private static final int MOST_SIGHTINGS = 40;

    private final Report report;
    private final List<CameraId> cameras;
    private final List<String> lines = new ArrayList<>();

    private RunSummary(Report report) {
        this.report = report;
        this.cameras = report.cameras().keySet().stream().limit(MOST_CAMERAS).toList();
    }

    /**
     * The summary, line by line.
     *
     * @param title the first line's beginning: {@code Sightline demo}
     * @param elapsed how long the run took
     * @param warmUp what the report's steady latency leaves out
     */
    public static List<String> lines(String title, Duration elapsed, Report report, Duration warmUp) {
        RunSummary summary = new RunSummary(report);
        summary.lines.add(String.format(
                Locale.ROOT,
                "%s: %.0f s, %d camera%s, %d frames",
                title,
                elapsed.toMillis() / 1e3,
                report.cameras().size(),
                report.cameras().size() == 1 ? "" : "s",
                report.captured()));
        summary.frames();
        summary.latency(warmUp);
        summary.sightings();
        return List.copyOf(summary.lines);
    }

    private void frames() {
        lines.add("");
        row("frames by outcome", CameraId::value, "total");
        for (Outcome outcome : Outcome.values()) {
            row(
                    "  " + outcome.wireName().replace('_', ' '),
                    camera -> Long.toString(report.camera(camera).frames(outcome)),
                    report.frames(outcome) + share(report.frames(outcome)));
        }
        row("captured", camera -> Long.toString(report.camera(camera).captured()), Long.toString(report.captured()));
        row(
                "unaccounted",
                camera -> Long.toString(report.camera(camera).unaccounted()),
                Long.toString(report.unaccounted()));
        row("frames per second", camera -> fps(report.camera(camera).fps()), fps(report.fps()));
        int hidden = report.cameras().size() - cameras.size();
        if (hidden > 0) {
            lines.add("(the total counts " + hidden + " more cameras)");
        }
    }

    private void row(String label, Function<CameraId, String> value, String total) {
        StringBuilder line = new StringBuilder(Columns.left(label, LABEL));
        for (CameraId camera : cameras) {
            line.append(' ').append(Columns.right(value.apply(camera), cameraColumns()));
        }
        lines.add(line.append("  ").append(total).toString());
    }

    private String share(long frames) {
        return report.settled() == 0
                ? ""
                : String.format(Locale.ROOT, "  (%.1f %%)", 100.0 * frames / report.settled());
    }

    private void latency(Duration warmUp) {
        lines.add(Columns.left("capture to identity", LABEL) + " " + latency(report.latency()));
        if (report.steadyLatency().isPresent()) {
            lines.add(Columns.left("  after " + warmUp.toSeconds() + " s", LABEL) + " "
                    + latency(report.steadyLatency()));
        }
    }

    private static String latency(Optional<Percentiles> latency) {
        return latency.map(percentiles -> String.format(
                        Locale.ROOT,
                        "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms",
                        percentiles.p50Ms(),
                        percentiles.p95Ms(),
                        percentiles.p99Ms()))
                .orElse("not measured: no frame was looked at");
    }

    private void sightings() {
        lines.add("");
        if (report.sightings().isEmpty()) {
            lines.add("nobody was seen");
            return;
        }
        lines.add("who was seen when");
        report.sightings().stream().limit(MOST_SIGHTINGS).forEach(this::sighting);
        int hidden = report.sightings().size() - MOST_SIGHTINGS;
        if (hidden > 0) {
            lines.add("  … and " + hidden + " more sightings");
        }
    }

    private void sighting(SightingLine sighting) {
        lines.add(String.format(
                Locale.ROOT,
                "  %s %8.1f – %6.1f s  %s %6d frames  %.2f",
                Columns.left(sighting.camera().value(), cameraColumns()),
                sighting.fromS(),
                sighting.toS(),
                Columns.left(PlainText.clean(sighting.who()), WHO),
                sighting.frames(),
                sighting.similarity()));
    }

    private int cameraColumns() {
        int longest = cameras.stream()
                .mapToInt(camera -> camera.value().length())
                .max()
                .orElse(0);
        return Math.min(MOST_CAMERA, Math.max(LEAST_CAMERA, longest));
    }

    private static String fps(double fps) {
        return String.format(Locale.ROOT, "%.1f", fps);
    }
}
