package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.enrol.EnrolSettings.OnResemblance;
import io.sightline.embed.quality.QualityGates;
import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.settings.SettingsException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrolSettingsTest {
    @Test
    void nothingGivenMeansTheDefaults() {
        Settings settings = settings(Map.of());

        EnrolSettings read = EnrolSettings.read(settings.section("enrol"));

        settings.finish();
        assertThat(read).isEqualTo(EnrolSettings.defaults());
    }

    @Test
    void everySettingIsRead() {
        Settings settings = settings(Map.of(
                "enrol.min-face-score", "0.8",
                "enrol.min-other-face-score", "0.5",
                "enrol.min-face-width-px", "60",
                "enrol.min-sharpness", "30",
                "enrol.max-pose-residual-px", "4",
                "enrol.on-resemblance", "warn",
                "enrol.max-photos-per-person", "5"));

        EnrolSettings read = EnrolSettings.read(settings.section("enrol"));

        settings.finish();
        assertThat(read).isEqualTo(new EnrolSettings(0.8f, 0.5f, new QualityGates(60, 30, 4), OnResemblance.WARN, 5));
    }

    @Test
    void mistakesAreSaidTogether() {
        Settings settings = settings(Map.of("enrol.on-resemblance", "ignore", "enrol.min-face-width-px", "40px"));

        EnrolSettings.read(settings.section("enrol"));

        assertThatThrownBy(settings::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("enrol.on-resemblance")
                .hasMessageContaining("refuse, warn")
                .hasMessageContaining("enrol.min-face-width-px");
    }

    private static Settings settings(Map<String, String> flags) {
        return Settings.load(Optional.empty(), Map.of(), flags);
    }
}
