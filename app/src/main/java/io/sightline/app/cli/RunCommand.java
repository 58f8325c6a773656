package io.sightline.app.cli;

import io.sightline.app.enrol.ImportReport;
import io.sightline.app.enrol.PhotoReport;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.pipeline.CameraRun.End;
import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.pipeline.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sightline run}: one's own cameras, everything in one process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Everything in one process: cameras to names, until Ctrl-C, a time, or the files' end.",
            "A broker and a Redis are embedded unless --kafka and --redis name others."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Mixin
    private final CameraOptions cameras = new CameraOptions();

    @Mixin
    private final ReportOptions reports = new ReportOptions();

    @Option(
            names = "--people",
            paramLabel = "DIR",
            description =
                    "Enrol who stands in DIR first: DIR/NAME/*.jpg, or DIR/NAME.jpg. Photos enrolled before are passed over.")
    private @Nullable Path people;

    @Option(names = "--for", paramLabel = "TIME", description = "Ends after this time, such as 60s or 2h.")
    private @Nullable Duration limit;

    @Option(names = "--until-end", description = "Ends when every file has been played.")
    private boolean isUntilEnd;

    @Override
    public Integer call() throws IOException {
        reports.requireWritable();
        SightlineSettings settings = global.settings();
        Home home = global.home();
        CameraRun.Spec spec = new CameraRun.Spec(
                cameras.read(settings),
                limit == null ? FOR_EVER : limit,
                isUntilEnd ? End.FILES_END : End.LIMIT,
                WARM_UP);
        requireFilesForUntilEnd(spec);
        try (StopRequest stop = StopRequest.ofProcess();
                AllInOne system = AllInOne.start(settings, home, home.data())) {
            if (people != null) {
                enrol(system, people);
            }
            CameraRun.Result result = new CameraRun(system, stop).run(spec);
            reports.write("Sightline", result, WARM_UP);
            return result.unsettled() ? SightlineCommand.FAILED : 0;
        }
    }

    private static void enrol(AllInOne system, Path people) throws IOException {
        ImportReport report = system.enrolmentDesk().folder(people, photo -> {
            if (photo.result() == PhotoReport.Result.REFUSED) {
                System.err.println("people: " + photo.line());
            }
        });
        System.err.println("people: " + report.summary());
    }

    private void requireFilesForUntilEnd(CameraRun.Spec spec) {
        List<String> live = new ArrayList<>();
        spec.cameras().stream()
                .filter(camera -> !camera.source().isFile())
                .forEach(camera -> live.add(camera.id().value()));
        if (isUntilEnd && !live.isEmpty() && limit == null) {
            throw new UnmetNeedException(
                    "--until-end: " + String.join(", ", live) + " is a live camera and never ends; add --for TIME");
        }
    }
}
