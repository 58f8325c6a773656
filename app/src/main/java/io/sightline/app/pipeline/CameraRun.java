package io.sightline.app.pipeline;

import io.sightline.app.report.Report;
import io.sightline.app.report.ReportCollector;
import io.sightline.app.report.TallySpec;
import io.sightline.app.report.live.LiveView;
import io.sightline.app.report.sheet.FrameSampler;
import io.sightline.app.report.sheet.SampledFrame;
import io.sightline.app.report.sheet.SheetOptions;
import io.sightline.contracts.frame.CameraId;
import io.sightline.ingest.CameraProgress;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.IngestStage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras through the whole path for a while, watched by a consumer: captures until the limit, the files' end or a stop, then lets the
 * stages settle what is in flight, and reports.
 */
public final class CameraRun {
    private static final Logger LOG = LoggerFactory.getLogger(CameraRun.class);
    /** The longest that frames in flight may take to settle once capture has stopped. */
    private static final Duration DRAIN = Duration.ofSeconds(20);
    /** A visit closes after the gap setting without its person; a little more than that is waited. */
    private static final Duration SIGHTINGS_CLOSE = Duration.ofSeconds(6);

    private final AllInOne system;
    private final StopRequest stop;

    public CameraRun(AllInOne system, StopRequest stop) {
        this.system = system;
        this.stop = stop;
    }

    /**
     * What to run.
     *
     * @param limit the longest time; the run may end earlier
     * @param end what ends it besides
     * @param warmUp the first seconds, left out of the steady latency
     */
    public record Spec(List<CameraSpec> cameras, Duration limit, End end, Duration warmUp) {
        public Spec {
            cameras = List.copyOf(cameras);
        }
    }

    /** What ends a run besides its limit. */
    public enum End {
        /** Nothing. */
        LIMIT,
        /** The end of every file. */
        FILES_END
    }

    /**
     * What came of it.
     *
     * @param frames sampled for the contact sheet
     * @param unsettled whether frames were still without an outcome when waiting ended
     */
    public record Result(Report report, Duration elapsed, List<SampledFrame> frames, boolean unsettled) {
        public Result {
            frames = List.copyOf(frames);
        }
    }

    /** Runs, blocking; ends early on {@link StopRequest}. */
    public Result run(Spec spec) {
        Set<CameraId> ids = new LinkedHashSet<>();
        spec.cameras().forEach(camera -> ids.add(camera.id()));
        long firstEpoch = system.clock().millis();
        TallySpec tally = new TallySpec(List.copyOf(ids), firstEpoch, spec.warmUp());
        try (ReportCollector collector = ReportCollector.start(system.kafka(), tally, system.clock());
                FrameSampler sampler = FrameSampler.start(system.kafka(), ids, firstEpoch);
                IngestStage ingest = system.startIngest(spec.cameras())) {
            long begun = System.nanoTime();
            boolean isSettled = capture(spec, collector, ingest);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            Report report = collector.report(captured(ingest), system.reportedModels());
            return new Result(
                    report, elapsed, sampler.pick(SheetOptions.defaults().frames()), !isSettled);
        }
    }

    private boolean capture(Spec spec, ReportCollector collector, IngestStage ingest) {
        LiveView view = LiveView.start(collector::snapshot, System.getenv());
        try {
            awaitEnd(spec, ingest);
            ingest.stopCapture();
            boolean isSettled = collector.awaitSettled(() -> captured(ingest), DRAIN);
            if (!isSettled) {
                LOG.warn(
                        "frames in flight were not settled within {} s: captured {}",
                        DRAIN.toSeconds(),
                        captured(ingest));
            }
            collector.awaitSightingsClosed(SIGHTINGS_CLOSE);
            return isSettled;
        } finally {
            view.close();
        }
    }

    private void awaitEnd(Spec spec, IngestStage ingest) {
        long deadline = System.nanoTime() + spec.limit().toNanos();
        while (System.nanoTime() - deadline < 0 && !stop.await(100, TimeUnit.MILLISECONDS)) {
            if (spec.end() == End.FILES_END && ingest.hasEnded()) {
                return;
            }
            system.requireHealthy();
        }
    }

    private static Map<CameraId, Long> captured(IngestStage ingest) {
        Map<CameraId, Long> captured = new LinkedHashMap<>();
        for (Map.Entry<CameraId, CameraProgress> entry : ingest.progress().entrySet()) {
            captured.put(entry.getKey(), entry.getValue().captured());
        }
        return captured;
    }
}
