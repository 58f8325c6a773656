package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.ops.Stage;
import io.sightline.ingest.life.CameraCause;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What metrics cost: the size of a scrape is held, times are printed (a busy machine is no failure). {@code mvn -pl tests -am
 * -Dtest=MetersCostTest -Dsurefire.failIfNoSpecifiedTests=false test}.
 */
class MetersCostTest {
    private static final int CAMERAS = 200;
    private static final int MOST_BYTES = 1_000_000;
    private static final int SCRAPES = 41;
    private static final int FRAMES = 200_000;
    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final Map<SightlineMeter, List<String>> WORDS_BESIDE_CAMERA = new EnumMap<>(Map.of(
            SightlineMeter.FRAMES_SHED,
            List.of("admission", "broker", "decoder", "oversize", "failed"),
            SightlineMeter.FRAMES_SETTLED,
            Arrays.stream(Outcome.values())
                    .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                    .toList(),
            SightlineMeter.CAMERA_RECONNECTS,
            Arrays.stream(CameraCause.values()).map(CameraCause::wireName).toList()));

    private final PrometheusMeterRegistry registry = Meters.prometheus();

    /** Every meter with every tag that a process of all roles and 200 cameras has, and as many of Kafka's as four clients show. */
    @Test
    void scrapeOfTwoHundredCamerasIsSmall() {
        fill();

        for (String type : List.of(PROMETHEUS, OPENMETRICS)) {
            int bytes = registry.scrape(type).getBytes(StandardCharsets.UTF_8).length;
            System.out.printf(
                    "scrape of %d cameras, %s: %d bytes, %.1f ms (median of %d)%n",
                    CAMERAS, type.substring(0, type.indexOf(';')), bytes, medianScrapeMillis(type), SCRAPES);

            assertThat(bytes).isBetween(MOST_BYTES / 5, MOST_BYTES);
        }
    }

    /** As many recordings as a frame with a face causes on its way, and how long they take together. */
    @Test
    void recordingsOfAFrameAreCounted() {
        StageMeters[] stages = Arrays.stream(Stage.values())
                .map(stage -> new StageMeters(registry, stage))
                .toArray(StageMeters[]::new);
        AtomicLong recordings = new AtomicLong();
        for (int warm = 0; warm < FRAMES; warm++) {
            frame(stages, warm, recordings);
        }
        recordings.set(0);

        long begun = System.nanoTime();
        for (int seq = 0; seq < FRAMES; seq++) {
            frame(stages, seq, recordings);
        }
        double micros = (System.nanoTime() - begun) / 1e3 / FRAMES;

        System.out.printf(
                "recordings of a frame with a face: %d, %.2f µs of one core%n", recordings.get() / FRAMES, micros);
        assertThat(registry.get("sightline.stage.records")
                        .tag("stage", "match")
                        .counter()
                        .count())
                .isEqualTo(2.0 * FRAMES);
    }

    /** Four stages' wait, service, age and steps, and what else each counts. */
    private void frame(StageMeters[] stages, int seq, AtomicLong recordings) {
        for (StageMeters stage : stages) {
            stage.waited(seq % 50_000);
            stage.service(seq % 9_000_000);
            stage.aged(seq % 90_000);
            for (String step : List.of("decode", "detect", "track", "crop")) {
                stage.step(step, seq % 5_000_000);
            }
            stage.record("done");
            stage.faces("embedded", 1);
            stage.progress().took(seq % 4, seq, 3);
            recordings.addAndGet(9);
        }
        Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, "lobby").increment();
        Meters.counter(registry, SightlineMeter.FRAMES_SETTLED, "lobby", "identified")
                .increment();
        Meters.timer(registry, SightlineMeter.LATENCY).record(seq % 90_000, TimeUnit.MICROSECONDS);
        Meters.timer(registry, SightlineMeter.GALLERY_SEARCH).record(seq % 90_000, TimeUnit.NANOSECONDS);
        Meters.summary(registry, SightlineMeter.FACE_QUALITY).record(seq % 100 / 100.0);
        Meters.summary(registry, SightlineMeter.FACES_PER_FRAME).record(1);
        Meters.summary(registry, SightlineMeter.SIMILARITY, "known").record(0.7);
        Meters.summary(registry, SightlineMeter.MARGIN, "known").record(0.5);
        recordings.addAndGet(8);
    }

    private double medianScrapeMillis(String type) {
        double[] millis = new double[SCRAPES];
        for (int i = 0; i < SCRAPES; i++) {
            long begun = System.nanoTime();
            assertThat(registry.scrape(type)).isNotEmpty();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[SCRAPES / 2];
    }

    private void fill() {
        for (SightlineMeter meter : SightlineMeter.values()) {
            if (meter.tagKeys().contains("camera")) {
                for (int camera = 0; camera < CAMERAS; camera++) {
                    String id = "building-7-entrance-" + camera;
                    List<String> words = WORDS_BESIDE_CAMERA.getOrDefault(meter, List.of());
                    if (meter.tagKeys().size() == 1) {
                        make(meter, id);
                    }
                    words.forEach(word -> make(meter, id, word));
                }
            } else if (meter.tagKeys().contains("stage")) {
                for (Stage stage : Stage.values()) {
                    makeOfStage(meter, stage);
                }
            } else {
                make(meter, meter.tagKeys().stream().map(key -> "word").toArray(String[]::new));
                make(meter, meter.tagKeys().stream().map(key -> "other").toArray(String[]::new));
            }
        }
        for (int i = 0; i < 160; i++) {
            Gauge.builder("kafka.consumer.fetch.manager.records.lag.max", () -> 7)
                    .tag("client.id", "sightline-detect-1-StreamThread-" + i + "-consumer")
                    .tag("role", "sightline-detect")
                    .register(registry);
        }
    }

    private void makeOfStage(SightlineMeter meter, Stage stage) {
        List<String> words = switch (meter.tagKeys().size()) {
            case 1 -> List.of("");
            default ->
                meter == SightlineMeter.DEAD_LETTERS
                        ? Arrays.stream(Reason.values()).map(Reason::wireName).toList()
                        : List.of("decode", "detect", "track", "crop", "encode", "done");
        };
        for (String word : words) {
            make(
                    meter,
                    meter.tagKeys().size() == 1
                            ? new String[] {stage.wireName()}
                            : new String[] {stage.wireName(), word});
        }
    }

    private void make(SightlineMeter meter, String... tags) {
        switch (meter.kind()) {
            case COUNTER -> Meters.counter(registry, meter, tags).increment(123_456);
            case GAUGE -> Meters.gauge(registry, meter, () -> 1.234567, tags);
            case TIMER -> Meters.timer(registry, meter, tags).record(12, TimeUnit.MILLISECONDS);
            case SUMMARY -> Meters.summary(registry, meter, tags).record(0.5);
        }
    }
}
