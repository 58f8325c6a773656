package io.sightline.tests.boards;

import io.sightline.app.demo.DemoException;
import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.Photo;
import io.sightline.app.pipeline.EnrolmentDesk;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.ProcessMeters;
import io.sightline.app.pipeline.Roles;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.contracts.frame.CameraId;
import io.sightline.detect.FaceFinder;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CaptureSettings;
import io.sightline.ingest.FilePlay;
import io.sightline.ingest.IngestStage;
import io.sightline.match.gallery.GalleryIndex;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.match.picture.RedisPictureStore;
import io.sightline.runtime.ops.OpsServer;
import io.sightline.runtime.ops.OpsSpec;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.runtime.streams.StreamsRole;
import io.sightline.tests.servers.RtspServer;
import io.sightline.tests.servers.RtspSpec;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestClips;
import io.sightline.tests.servers.TestClips.Codec;
import io.sightline.tests.servers.TestRedis;
import io.sightline.tests.servers.TestSettings;
import io.sightline.tests.servers.TraceCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole system with twelve cameras of two frames a second, in this process. One of them, {@link #FREEZES}, plays a file whose picture
 * stops; and {@link #slowDown} makes the detector take longer, which no setting could: nothing else knows of it. The cameras begin at once, so the last of
 * twelve frames waits for eleven: the detector's input is small enough that a slow machine is not taken for a slow stage.
 */
final class Rehearsal implements AutoCloseable {
    static final String FREEZES = "dock";
    /** The picture of {@link #FREEZES} moves so long. */
    static final int MOVES_SECONDS = 45;

    private static final List<String> STILL_MOVING =
            List.of("garage", "hall", "kiosk", "lift", "north", "roof", "south", "stairs", "yard");
    private static final String BY_RTSP = "gate";
    private static final String WITH_PEOPLE = "lobby";
    private static final Duration GUEST_AT = Duration.ofSeconds(84);
    private static final double FPS = 2;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final SightlineSettings settings;
    private final OpsServer ops;
    private volatile long extraNanos;

    private Rehearsal(Path folder) throws IOException, DemoException {
        this.folder = folder;
        TestBroker broker = opened(TestBroker.withTopics(folder, 4));
        TestRedis redis = opened(TestRedis.in(folder));
        this.settings = settings(broker, redis, opened(TraceCollector.start()));
        ProcessMeters meters = opened(ProcessMeters.start("all", settings.tracing()));
        Models models = opened(Models.open(settings, Home.ofEnvironment(System.getenv()), meters.registry()));
        models.warmUp();
        enrol(models);
        startStages(models, meters, broker.connection());
        opened(IngestStage.start(settings.ingest(), cameras(), broker.connection(), meters.registry(), clock));
        this.ops = opened(OpsServer.start(new OpsSpec(settings.ops(), meters.registry()::scrape, Map::of, Map::of)));
    }

    /** Returns when every stage can work; then the cameras start. */
    static Rehearsal start(Path folder) throws IOException, DemoException {
        return new Rehearsal(folder);
    }

    /** Where its meters are. */
    String target() {
        return "127.0.0.1:" + ops.port();
    }

    /** From now on, finding the faces of a frame takes so much longer. */
    void slowDown(Duration extra) {
        extraNanos = extra.toNanos();
    }

    private void startStages(Models models, ProcessMeters meters, KafkaConnection kafka) {
        RedisPictureStore pictures =
                opened(RedisPictureStore.start(redis(), settings.match().pictures(), meters.registry()));
        GalleryIndex index = opened(GalleryIndex.start(redis(), clock, meters.registry()));
        FaceFinder detector = models.detector();
        FaceFinder slowed = picture -> {
            dawdle(extraNanos);
            return detector.detect(picture);
        };
        Roles roles = new Roles(
                settings, kafka, folder.resolve("streams"), new Roles.Tools(meters.registry(), meters.traces(), clock));
        List<StreamsRole> started = List.of(
                opened(roles.match(models.embedderModel().card().embedder(), index, pictures)),
                opened(roles.embed(models.embedder())),
                opened(roles.detect(slowed)));
        for (StreamsRole role : started) {
            if (!role.awaitReady(READY_WITHIN)) {
                throw new IllegalStateException("a stage is not ready: " + role.health());
            }
        }
    }

    private static void dawdle(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void enrol(Models models) throws IOException, DemoException {
        GalleryStore gallery = opened(GalleryStore.open(redis()));
        EnrolmentDesk desk = EnrolmentDesk.open(settings, models, gallery, redis());
        for (DemoStills.Still still :
                DemoStills.take(TestClips.demoFile(), DemoPlan.standard().people(), clock)) {
            desk.person(new PersonPhotos(
                    still.name(), List.of(Photo.of("still", still.picture().bytes()))));
        }
    }

    private List<CameraSpec> cameras() throws IOException {
        CaptureSettings capture = settings.ingest().capture().withFps(FPS);
        CaptureSettings looping =
                capture.withFilePlay(new FilePlay(Duration.ZERO, FilePlay.Repeat.LOOP, FilePlay.Pace.LIVE));
        CaptureSettings people = capture.withFilePlay(new FilePlay(GUEST_AT, FilePlay.Repeat.LOOP, FilePlay.Pace.LIVE));
        List<CameraSpec> cameras = new ArrayList<>();
        STILL_MOVING.forEach(name -> cameras.add(camera(name, TestClips.smallFile(60), looping)));
        cameras.add(camera(WITH_PEOPLE, TestClips.demoFile(), people));
        RtspServer gate = opened(RtspServer.start(RtspSpec.of(TestClips.demo(Codec.H264, 84, 8))));
        cameras.add(new CameraSpec(new CameraId(BY_RTSP), CameraSource.parse(gate.url()), capture));
        cameras.add(camera(FREEZES, TestClips.freezingFile(MOVES_SECONDS), capture));
        return cameras;
    }

    private static CameraSpec camera(String name, Path file, CaptureSettings capture) {
        return new CameraSpec(new CameraId(name), CameraSource.of(file), capture);
    }

    private RedisSettings redis() {
        return settings.redis().orElseThrow();
    }

    private SightlineSettings settings(TestBroker broker, TestRedis redis, TraceCollector collector)
            throws IOException {
        return TestSettings.of(
                broker,
                redis,
                folder,
                Map.of(
                        "detect.input-width-px", "320",
                        "detect.input-height-px", "192",
                        "detect.max-age-ms", "1000",
                        "embed.max-age-ms", "1000",
                        "workers.detect-threads", "1",
                        "embed.batch-wait-ms", "2",
                        "ingest.traced-share", "0.05",
                        "tracing.endpoint", collector.endpoint()));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("not all parts could be closed: " + failures, failures.get(0));
        }
    }
}
