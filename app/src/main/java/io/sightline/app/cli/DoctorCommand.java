package io.sightline.app.cli;

import io.sightline.app.pipeline.Home;
import io.sightline.app.pipeline.KafkaSettings;
import io.sightline.app.pipeline.Models;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.app.topics.TopicAdmin;
import io.sightline.app.topics.TopicPlan;
import io.sightline.app.topics.TopicProblem;
import io.sightline.inference.store.ModelStatus;
import io.sightline.ingest.CameraProbe;
import io.sightline.ingest.CameraSpec;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.settings.Masking;
import io.sightline.runtime.streams.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sightline doctor}: what is there, what is not, and what to do about each. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks Java, native libraries, models, disk, Kafka, Redis and cameras, and says what to do about each failure.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration BROKER_WITHIN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(DoctorCommand.class);
    private static final long MIN_FREE_BYTES = 2L << 30;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Mixin
    private final CameraOptions cameras = new CameraOptions();

    @Option(names = "--json", description = "As JSON.")
    private boolean isJson;

    private final List<Finding> findings = new ArrayList<>();

    /** What one look found. */
    private record Finding(String what, Verdict verdict, String sentence) {}

    private enum Verdict {
        OK,
        FAILED,
        SKIPPED
    }

    @Override
    public Integer call() {
        SightlineSettings settings = global.settings();
        Home home = global.home();
        check("java", () -> "Java " + Runtime.version() + ", " + System.getProperty("os.arch"));
        check("ffmpeg", () -> "FFmpeg " + avutil.av_version_info().getString() + " loads");
        check("home", () -> writable(home));
        checkModels(settings, home);
        checkKafka(settings);
        checkRedis(settings);
        checkCameras(settings);
        print();
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED) ? SightlineCommand.FAILED : 0;
    }

    private void checkModels(SightlineSettings settings, Home home) {
        for (ModelStatus status : Models.store(settings, home).verifyAll()) {
            Verdict verdict = status.state() == ModelStatus.State.READY ? Verdict.OK : Verdict.FAILED;
            findings.add(new Finding("model " + status.model().id(), verdict, status.sentence()));
        }
        check("networks", () -> {
            try (Models models = Models.open(settings, home)) {
                String landmarker = models.landmarkerModel()
                        .map(model -> ", " + model.card().id())
                        .orElse("");
                return models.detectorModel().card().id() + landmarker + " and "
                        + models.embedderModel().card().id() + " open and fit their cards";
            }
        });
    }

    private void checkKafka(SightlineSettings settings) {
        Optional<KafkaConnection> kafka = settings.kafka().connection();
        if (kafka.isEmpty()) {
            findings.add(new Finding("kafka", Verdict.SKIPPED, "none is named: run and demo embed a broker"));
            return;
        }
        check("kafka", () -> {
            try (TopicAdmin admin = TopicAdmin.open(kafka.get())) {
                admin.awaitBroker(BROKER_WITHIN, sentence -> LOG.debug("{}", sentence));
            }
            return kafka.get().bootstrapServers() + " answers";
        });
        if (findings.get(findings.size() - 1).verdict() == Verdict.OK) {
            KafkaSettings limits = settings.kafka();
            for (TopicProblem problem :
                    TopicAdmin.check(kafka.get(), TopicPlan.of(limits.partitions(), limits.replicas()))) {
                findings.add(new Finding(problem.topic(), Verdict.FAILED, problem.sentence()));
            }
        }
    }

    private void checkRedis(SightlineSettings settings) {
        Optional<RedisSettings> redis = settings.redis();
        if (redis.isEmpty()) {
            findings.add(new Finding("redis", Verdict.SKIPPED, "none is named: run and demo embed one"));
            return;
        }
        check("redis", () -> {
            try (GalleryStore gallery = GalleryStore.open(redis.get())) {
                gallery.check();
                return redis.get().url() + " answers, " + gallery.list().size() + " people enrolled";
            }
        });
    }

    private void checkCameras(SightlineSettings settings) {
        if (!cameras.isAny()) {
            findings.add(new Finding("cameras", Verdict.SKIPPED, "none is named: add --camera or --cameras"));
            return;
        }
        for (CameraSpec camera : cameras.read(settings)) {
            check("camera " + camera.id(), () -> CameraProbe.describe(camera, Clock.systemUTC()));
        }
    }

    private void check(String what, Supplier<String> look) {
        try {
            findings.add(new Finding(what, Verdict.OK, look.get()));
        } catch (RuntimeException | LinkageError e) {
            findings.add(new Finding(what, Verdict.FAILED, Masking.text(String.valueOf(e.getMessage()))));
        }
    }

    private static String writable(Home home) {
        try {
            long free = Files.getFileStore(home.data()).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                throw new IllegalStateException(home.directory() + " has " + (free >> 20)
                        + " MiB free, the embedded broker wants " + (MIN_FREE_BYTES >> 20)
                        + ": free some, or choose another folder with SIGHTLINE_HOME");
            }
            return home.directory() + " can be written, " + (free >> 30) + " GiB free";
        } catch (IOException e) {
            throw new UncheckedIOException(home.directory() + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    private void print() {
        if (isJson) {
            System.out.println(JsonText.of(findings.stream()
                    .map(finding -> Map.of(
                            "what",
                            finding.what(),
                            "verdict",
                            finding.verdict().name(),
                            "sentence",
                            finding.sentence()))
                    .toList()));
            return;
        }
        for (Finding finding : findings) {
            System.out.printf("%-8s %-28s %s%n", finding.verdict(), finding.what(), finding.sentence());
        }
    }
}
