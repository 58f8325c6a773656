package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectSettingsTest {

    @Test
    void nothingGivenMeansTheDefaults() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of());

        assertThat(DetectSettings.read(settings.section("detect"))).isEqualTo(DetectSettings.defaults());
        settings.finish();
    }

    @Test
    void everySettingIsRead() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.ofEntries(
                        Map.entry("detect.input-width-px", "480"),
                        Map.entry("detect.input-height-px", "288"),
                        Map.entry("detect.min-score", "0.3"),
                        Map.entry("detect.max-overlap", "0.5"),
                        Map.entry("detect.min-face-px", "20"),
                        Map.entry("detect.max-faces", "10"),
                        Map.entry("detect.threads", "2"),
                        Map.entry("detect.track.begin-score", "0.7"),
                        Map.entry("detect.track.max-gap-ms", "500"),
                        Map.entry("detect.max-pixels", "1000000"),
                        Map.entry("detect.crop-max-side-px", "192"),
                        Map.entry("detect.max-age-ms", "0")));

        assertThat(DetectSettings.read(settings.section("detect")))
                .isEqualTo(new DetectSettings(
                        new DetectorSettings(480, 288, 0.3f, 0.5f, 20, 10, 2),
                        new TrackerSettings(0.7f, Duration.ofMillis(500)),
                        1_000_000,
                        192,
                        Duration.ZERO));
        settings.finish();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "detect.min-score", "0.8",
                        "detect.track.begin-score", "0.6",
                        "detect.max-age-ms", "1s",
                        "detect.max-facs", "10"));
        DetectSettings.read(settings.section("detect"));

        assertThatThrownBy(settings::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("is 0.6, below min-score 0.8")
                .hasMessageContaining("detect.max-age-ms")
                .hasMessageContaining("max-facs");
    }
}
