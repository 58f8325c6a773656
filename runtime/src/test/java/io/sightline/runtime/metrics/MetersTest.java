package io.sightline.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sightline.contracts.ops.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MetersTest {
    private static final Set<String> ALLOWED_TAGS = Set.of(
            "camera",
            "stage",
            "reason",
            "result",
            "outcome",
            "cause",
            "step",
            "source",
            "decision",
            "event",
            "task",
            "model",
            "provider",
            "role",
            "version",
            "use",
            "gpu");

    @Test
    void everyMeterIsDescribedOnceWithClosedTags() {
        assertThat(SightlineMeter.values()).allSatisfy(meter -> {
            assertThat(meter.meterName()).matches("sightline(\\.[a-z]+)+");
            assertThat(meter.sentence()).isNotBlank().doesNotEndWith(".");
            assertThat(ALLOWED_TAGS).containsAll(meter.tagKeys());
            assertThat(meter.kind() != MeterKind.TIMER || meter.unit() == MeterUnit.SECOND)
                    .as(meter + " in seconds")
                    .isTrue();
        });
    }

    /** Also of the series that a histogram has, so that no meter's name is another's {@code _count}. */
    @Test
    void noTwoMetersClashInPrometheus() {
        List<String> series = Arrays.stream(SightlineMeter.values())
                .flatMap(meter -> switch (meter.kind()) {
                    case COUNTER, GAUGE -> Stream.of(meter.prometheusName());
                    case TIMER, SUMMARY ->
                        Stream.of("", "_bucket", "_sum", "_count", "_max").map(meter.prometheusName()::concat);
                })
                .toList();

        assertThat(series).doesNotHaveDuplicates();
    }

    @Test
    void nameOfTheCatalogueIsTheOneScraped() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        for (SightlineMeter meter : SightlineMeter.values()) {
            String[] tags = meter.tagKeys().toArray(String[]::new);
            switch (meter.kind()) {
                case COUNTER -> Meters.counter(registry, meter, tags).increment();
                case GAUGE -> Meters.gauge(registry, meter, () -> 1, tags);
                case TIMER -> Meters.timer(registry, meter, tags).record(1, TimeUnit.MILLISECONDS);
                case SUMMARY -> Meters.summary(registry, meter, tags).record(0.5);
            }
        }

        String scraped = registry.scrape();

        assertThat(SightlineMeter.values())
                .allSatisfy(meter -> assertThat(scraped)
                        .containsPattern("(?m)^# TYPE " + meter.prometheusName() + " "
                                + switch (meter.kind()) {
                                    case COUNTER -> "counter";
                                    case GAUGE -> "gauge";
                                    case TIMER, SUMMARY -> "histogram";
                                }));
    }

    @Test
    void metersOfOneNameWithOtherTagsAreRefusedBeforeTheyClash() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        Meters.counter(registry, SightlineMeter.DEAD_LETTERS, "embed", "malformed");

        assertThatThrownBy(() -> Meters.counter(registry, SightlineMeter.DEAD_LETTERS, "embed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[stage, reason]");
    }

    /** No camera of ours is called so ({@code CameraId} refuses it), but a scrape must not break by any tag. */
    @Test
    void quotesNewlinesAndLengthInATagLeaveTheScrapeReadable() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        String odd = "a\"b\nc\\d" + "x".repeat(300);
        Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, odd).increment();

        assertThat(registry.scrape().lines())
                .contains("sightline_frames_captured_total{camera=\"a\\\"b\\nc\\\\d" + "x".repeat(300) + "\"} 1.0");
    }

    @Test
    void wrongKindsAndTagsAreRefused() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        assertThatThrownBy(() -> Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[camera]");
        assertThatThrownBy(() -> Meters.timer(registry, SightlineMeter.FRAMES_CAPTURED, "lobby"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timersHaveBucketsFromAMillisecondToTenSeconds() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        Meters.timer(registry, SightlineMeter.LATENCY).record(30, TimeUnit.MILLISECONDS);

        assertThat(registry.scrape())
                .contains("sightline_latency_seconds_bucket{le=\"0.001\"} 0")
                .contains("sightline_latency_seconds_bucket{le=\"0.035\"} 1")
                .contains("sightline_latency_seconds_bucket{le=\"10.0\"} 1");
        assertThat(registry.scrape().lines().filter(line -> line.startsWith("sightline_latency_seconds_bucket")))
                .hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void cosinesFallIntoTheBucketThatHoldsThem() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        for (double cosine : new double[] {0.2, 0.42, 0.79}) {
            Meters.summary(registry, SightlineMeter.SIMILARITY, "known").record(100 * cosine);
        }

        assertThat(registry.scrape())
                .contains("sightline_similarity_percent_bucket{decision=\"known\",le=\"15.0\"} 0")
                .contains("sightline_similarity_percent_bucket{decision=\"known\",le=\"20.0\"} 1")
                .contains("sightline_similarity_percent_bucket{decision=\"known\",le=\"40.0\"} 1")
                .contains("sightline_similarity_percent_bucket{decision=\"known\",le=\"45.0\"} 2")
                .contains("sightline_similarity_percent_bucket{decision=\"known\",le=\"80.0\"} 3");
    }

    @Test
    void camerasBeyondTheCapHaveNoSeries() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        for (int i = 0; i < Meters.MAX_CAMERAS + 100; i++) {
            Meters.counter(registry, SightlineMeter.FRAMES_CAPTURED, "camera-" + i)
                    .increment();
        }

        assertThat(registry.find(SightlineMeter.FRAMES_CAPTURED.meterName()).counters())
                .hasSize(Meters.MAX_CAMERAS);
    }

    @Test
    void fewOfKafkasMetersPass() {
        PrometheusMeterRegistry registry = Meters.prometheus();
        Gauge.builder("kafka.consumer.fetch.manager.records.lag.max", () -> 7).register(registry);
        Gauge.builder("kafka.stream.thread.blocked.time.ns.total", () -> 7).register(registry);
        Gauge.builder("kafka.consumer.fetch.manager.records.consumed.total", () -> 7)
                .tag("topic", "sightline.faces.v1")
                .register(registry);
        Gauge.builder("kafka.consumer.fetch.manager.records.consumed.total", () -> 7)
                .tag("topic", "sightline_faces_v1")
                .register(registry);

        assertThat(registry.scrape())
                .contains("kafka_consumer_fetch_manager_records_lag_max")
                .contains("topic=\"sightline.faces.v1\"")
                .doesNotContain("kafka_stream", "sightline_faces_v1");
    }

    @Test
    void stageMetersCountByResultAndReason() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StageMeters meters = new StageMeters(registry, Stage.EMBED);

        meters.record("done");
        meters.record("done");
        meters.deadLetter("malformed");
        meters.faces("embedded", 3);
        meters.waited(-5);

        assertThat(registry.get("sightline.stage.records")
                        .tags("stage", "embed", "result", "done")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sightline.dead.letters")
                        .tags("reason", "malformed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sightline.faces")
                        .tags("result", "embedded")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("sightline.stage.wait").timer().max(TimeUnit.SECONDS))
                .isZero();
    }
}
