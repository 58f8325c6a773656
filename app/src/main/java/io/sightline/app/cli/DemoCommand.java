package io.sightline.app.cli;

import io.sightline.app.demo.DemoClip;
import io.sightline.app.demo.DemoException;
import io.sightline.app.demo.DemoMaterial;
import io.sightline.app.demo.DemoPlan;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.ScratchFolder;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.pipeline.StopRequest;
import io.sightline.ingest.CameraSource;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CaptureSettings;
import io.sightline.ingest.FilePlay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sightline demo}: two cameras, two people, a stranger, and people enrolled who never come. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a news interview as two live cameras and names who is seen: real broker, real Redis, real models.",
            "Needs nothing but this program; fetches the clip and the models once."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    /** The clip is 480×270: a larger input would cost twice the time and show the detector nothing more. */
    private static final Map<String, String> SIZE_OF_CLIP =
            Map.of("detect.input-width-px", "480", "detect.input-height-px", "288");

    private static final Path CONTACT_SHEET = Path.of("contact-sheet.png");

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Mixin
    private final ReportOptions reports = new ReportOptions();

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "45s", description = "How long (default: 45s).")
    private Duration limit = Duration.ofSeconds(45);

    @Override
    public Integer call() throws IOException, DemoException {
        reports.contactSheetByDefault(CONTACT_SHEET);
        reports.requireWritable();
        SightlineSettings settings = global.settings(SIZE_OF_CLIP);
        Home home = global.home();
        System.err.println("sightline demo: fetching clip and models where they are not there yet …");
        DemoMaterial material = DemoClip.locate(home.clipCache());
        DemoPlan plan = DemoPlan.standard();
        try (StopRequest stop = StopRequest.ofProcess();
                ScratchFolder scratch = home.scratch("demo");
                AllInOne system = AllInOne.start(settings, home, scratch.path())) {
            int enrolled = new DemoPeople(system.enrolmentDesk()).enrol(plan, material);
            System.err.println("sightline demo: " + enrolled + " people enrolled; the cameras start");
            CameraRun.Result result = new CameraRun(system, stop)
                    .run(new CameraRun.Spec(cameras(plan, material, settings), limit, End.LIMIT, WARM_UP));
            reports.write("Sightline demo", result, WARM_UP);
            return result.unsettled() ? SightlineCommand.FAILED : 0;
        }
    }

    private static List<CameraSpec> cameras(DemoPlan plan, DemoMaterial material, SightlineSettings settings) {
        CaptureSettings capture = settings.ingest().capture();
        return plan.cameras().stream()
                .map(camera -> new CameraSpec(
                        camera.id(),
                        CameraSource.of(material.clip()),
                        capture.withFps(camera.fps())
                                .withFilePlay(
                                        new FilePlay(camera.startAt(), FilePlay.Repeat.LOOP, FilePlay.Pace.LIVE))))
                .toList();
    }
}
