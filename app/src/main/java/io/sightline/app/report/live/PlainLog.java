package io.sightline.app.report.live;

import io.sightline.app.report.CameraSnapshot;
import io.sightline.app.report.FaceNow;
import io.sightline.app.report.Percentiles;
import io.sightline.app.report.RunSnapshot;
import io.sightline.app.report.SightingChange;
import io.sightline.app.report.SightingLine;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Snapshots as log lines: one per change of a camera's state and per sighting opened or closed, and every few seconds one
 * per camera. Remembers what it has said; no I/O. Belongs to one thread.
 */
final class PlainLog {
    private final Duration every;
    private final Map<CameraId, String> states = new HashMap<>();
    private long nextChange;
    private Duration nextStatus;

    /** A status line per camera each {@code every} of the run's time. */
    PlainLog(Duration every) {
        this.every = every;
        this.nextStatus = every;
    }

    /** What is new in {@code run}; without line breaks. */
    List<String> lines(RunSnapshot run) {
        List<String> lines = new ArrayList<>();
        run.cameras().forEach(camera -> state(run, camera, lines));
        for (SightingChange change : run.changes()) {
            if (change.number() >= nextChange) {
                lines.add(stamp(run) + describe(change));
                nextChange = change.number() + 1;
            }
        }
        if (run.elapsed().compareTo(nextStatus) >= 0) {
            run.cameras().forEach(camera -> lines.add(stamp(run) + status(camera)));
            nextStatus = run.elapsed().plus(every);
        }
        return lines;
    }

    private void state(RunSnapshot run, CameraSnapshot camera, List<String> lines) {
        String state = camera.state()
                + camera.cause().map(cause -> " (" + cause + ")").orElse("")
                + camera.detail().map(detail -> ": " + detail).orElse("");
        String known = states.put(camera.camera(), state);
        if (!state.equals(known) && !(known == null && camera.state().equals("waiting"))) {
            lines.add(stamp(run) + "camera " + camera.camera() + " " + PlainText.clean(state));
        }
    }

    private static String describe(SightingChange change) {
        SightingLine sighting = change.sighting();
        String head = "sighting " + change.change() + ": " + PlainText.clean(sighting.who()) + " at "
                + sighting.camera() + ", similarity " + Figures.similarity(sighting.similarity());
        return change.change().equals("opened")
                ? head
                : String.format(
                        Locale.ROOT,
                        "%s, %s–%s, %d frames",
                        head,
                        Figures.clock(sighting.fromS()),
                        Figures.clock(sighting.toS()),
                        sighting.frames());
    }

    private static String status(CameraSnapshot camera) {
        String inView = camera.inView().stream()
                .map(FaceNow::label)
                .map(PlainText::clean)
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "camera %s: %s fps, %d frames (%d identified, %d unknown, %d low quality, %d no face, %d shed, %d rejected),"
                        + " latency p50 %s p95 %s ms, in view: %s",
                camera.camera(),
                Figures.fps(camera.recentFps()),
                camera.settled(),
                camera.frames(Outcome.IDENTIFIED),
                camera.frames(Outcome.UNKNOWN),
                camera.frames(Outcome.LOW_QUALITY),
                camera.frames(Outcome.NO_FACE),
                camera.frames(Outcome.SHED),
                camera.frames(Outcome.REJECTED),
                Figures.millis(camera.recentLatency(), Percentiles::p50Ms),
                Figures.millis(camera.recentLatency(), Percentiles::p95Ms),
                inView.isEmpty() ? "nobody" : inView);
    }

    private static String stamp(RunSnapshot run) {
        return Figures.clock(run.elapsed()) + "  ";
    }
}
