package io.sightline.app.demo;

import io.sightline.app.demo.DemoPlan.DemoPerson;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.ingest.capture.CaptureException;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.capture.Interrupt;
import io.sightline.ingest.capture.InterruptHub;
import io.sightline.ingest.capture.JpegEncoder;
import io.sightline.ingest.capture.NativeCount;
import io.sightline.ingest.capture.OpenRequest;
import io.sightline.ingest.capture.VideoCapture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the enrolment pictures of the demo's people out of its clip, by the same capture that plays it. */
public final class DemoStills {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int JPEG_QUALITY = 97;

    private DemoStills() {}

    /** A person's enrolment picture. */
    public record Still(String name, Jpeg picture) {}

    /** One still per person, at full resolution. Throws {@link DemoException} when the clip cannot be decoded there. */
    public static List<Still> take(Path clip, List<DemoPerson> people, Clock clock) throws DemoException {
        NativeCount natives = new NativeCount();
        List<Still> stills = new ArrayList<>();
        try (InterruptHub hub = new InterruptHub(System::nanoTime)) {
            CaptureTools tools =
                    new CaptureTools(hub, natives, () -> ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
            for (DemoPerson person : people) {
                stills.add(new Still(person.name(), still(clip, person.at(), tools)));
            }
        }
        return stills;
    }

    private static Jpeg still(Path clip, Duration at, CaptureTools tools) throws DemoException {
        try (Interrupt interrupt = tools.hub().register();
                VideoCapture capture = VideoCapture.open(request(clip, at), tools, interrupt);
                JpegEncoder encoder = new JpegEncoder(0, tools.natives())) {
            VideoCapture.Step step = capture.next();
            while (step == VideoCapture.Step.SKIPPED) {
                step = capture.next();
            }
            if (step == VideoCapture.Step.END) {
                throw new DemoException("the demo's clip " + clip + " ends before second " + at.toSeconds()
                        + ": delete it and start the demo again");
            }
            return encoder.encode(capture.picture(), JPEG_QUALITY).jpeg();
        } catch (CaptureException e) {
            throw new DemoException(
                    "no still of the demo's clip " + clip + " at second " + at.toSeconds() + ": " + e.getMessage(), e);
        }
    }

    private static OpenRequest request(Path clip, Duration at) {
        return new OpenRequest(
                clip.toString(),
                clip.toString(),
                OpenRequest.Transport.FILE,
                "",
                TIMEOUT,
                TIMEOUT,
                Optional.empty(),
                at);
    }
}
