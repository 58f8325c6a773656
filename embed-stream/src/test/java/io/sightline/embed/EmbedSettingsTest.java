package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.onnx.OnnxOptions;
import io.sightline.inference.onnx.Provider;
import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedSettingsTest {
    @Test
    void nothingGivenMeansTheDefaults() {
        Settings settings = settings(Map.of());

        EmbedSettings read = EmbedSettings.read(settings.section("embed"));

        settings.finish();
        assertThat(read).isEqualTo(EmbedSettings.defaults());
    }

    @Test
    void everySettingIsRead() {
        Settings settings = settings(Map.of(
                "embed.min-face-width-px", "30",
                "embed.min-sharpness", "12.5",
                "embed.max-pose-residual-px", "4",
                "embed.face-jpeg-quality", "0.5",
                "embed.threads", "2",
                "embed.providers", "tensorrt,CUDA, cpu",
                "embed.device", "1",
                "embed.mirror", "false",
                "embed.batch-wait-ms", "3",
                "embed.max-age-ms", "0"));

        EmbedSettings read = EmbedSettings.read(settings.section("embed"));

        settings.finish();
        assertThat(read)
                .isEqualTo(new EmbedSettings(
                        new EmbedderSettings(
                                new QualityGates(30, 12.5f, 4),
                                0.5f,
                                false,
                                Duration.ofMillis(3),
                                new OnnxOptions(2, List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU), 1)),
                        Duration.ZERO));
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        Settings settings = settings(Map.of(
                "embed.min-face-width-px",
                "24px",
                "embed.max-age-ms",
                "1s",
                "embed.max-pose-residual",
                "4",
                "embed.mirror",
                "yes"));

        EmbedSettings.read(settings.section("embed"));

        assertThatThrownBy(settings::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("embed.min-face-width-px")
                .hasMessageContaining("embed.max-age-ms")
                .hasMessageContaining("embed.mirror")
                .hasMessageContaining("max-pose-residual-px");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cuda,cpux     | 'cpux' is none of cpu, cuda, tensorrt (default cpu)",
                "cuda,cuda,cpu | a provider is listed twice in [cuda, cuda, cpu]: list each once",
                "cpu,cuda      | cpu always works, so what follows it in [cpu, cuda] would never be tried: list cpu last",
                ",             | no provider is listed (cpu, cuda, tensorrt)"
            })
    void providersThatCannotBeMeantAreRefused(String written, String said) {
        Settings settings = settings(Map.of("embed.providers", written));

        EmbedSettings.read(settings.section("embed"));

        assertThatThrownBy(settings::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("embed.providers")
                .hasMessageContaining(said);
    }

    private static Settings settings(Map<String, String> flags) {
        return Settings.load(Optional.empty(), Map.of(), flags);
    }
}
