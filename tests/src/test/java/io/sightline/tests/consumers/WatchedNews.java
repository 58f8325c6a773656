package io.sightline.tests.consumers;

import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.Photo;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.contracts.frame.CameraId;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.FilePlay;
import io.sightline.tests.servers.TestBroker;
import io.sightline.tests.servers.TestClips;
import io.sightline.tests.servers.TestRedis;
import io.sightline.tests.servers.TestSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two cameras watch the demo's clip for some seconds, and the topics hold what was decided: two people named, each by one camera. */
final class WatchedNews {
    static final List<String> CAMERAS = List.of("studio", "replay");

    private static final List<Duration> STARTS = List.of(Duration.ofSeconds(30), Duration.ofSeconds(84));
    private static final double FPS = 5;
    private static final Duration TIME = Duration.ofSeconds(10);

    private WatchedNews() {}

    /** Blocks until all is settled, every visit is closed and the stages are down. */
    static CameraRun.Result watch(TestBroker broker, Path folder) throws Exception {
        try (TestRedis redis = TestRedis.in(folder)) {
            SightlineSettings settings =
                    TestSettings.of(broker, redis, folder, Map.of("ingest.admission.target-latency-ms", "5000"));
            try (AllInOne system =
                    AllInOne.start(settings, Home.ofEnvironment(System.getenv()), folder.resolve("data"))) {
                for (DemoStills.Still still : DemoStills.take(
                        TestClips.demoFile(), DemoPlan.standard().people(), Clock.systemUTC())) {
                    system.enrolmentDesk()
                            .person(new PersonPhotos(
                                    still.name(),
                                    List.of(Photo.of("still", still.picture().bytes()))));
                }
                List<CameraSpec> cameras = List.of(camera(settings, 0), camera(settings, 1));
                return new CameraRun(system, StopRequest.manual())
                        .run(new CameraRun.Spec(cameras, TIME, End.LIMIT, Duration.ofSeconds(2)));
            }
        }
    }

    private static CameraSpec camera(SightlineSettings settings, int index) {
        return new CameraSpec(
                new CameraId(CAMERAS.get(index)),
                CameraSource.of(TestClips.demoFile()),
                settings.ingest()
                        .capture()
                        .withFps(FPS)
                        .withFilePlay(new FilePlay(STARTS.get(index), FilePlay.Repeat.LOOP, FilePlay.Pace.LIVE)));
    }
}
