package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.inference.onnx.Provider;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of {@code deploy/jetson-tx2} agree with the settings, with the build and with each other. */
class JetsonFilesTest {
    private static final Path JETSON = Path.of("..", "deploy", "jetson-tx2");

    @Test
    void settingsAreKnownAndTryTheFastestProviderFirst() {
        SightlineSettings settings = SightlineSettings.read(
                Settings.load(Optional.of(JETSON.resolve("sightline.yaml")), Map.of(), Map.of()));

        assertThat(settings.embed().embedder().network().providers())
                .containsExactly(Provider.TENSORRT, Provider.CUDA, Provider.CPU);
        assertThat(settings.ops().bind()).isEqualTo("127.0.0.1");
        assertThat(text("Dockerfile"))
                .contains("/dev/tcp/127.0.0.1/" + settings.ops().port());
    }

    @Test
    void imageBuildsTheOnnxRuntimeThatTheProfileCompilesAgainst() throws IOException {
        String profile =
                first("<id>jetson</id>.*?<onnxruntime.version>(.*?)</", Files.readString(Path.of("..", "pom.xml")));

        assertThat(first("ONNXRUNTIME_TAG=v(\\S+)", text("Dockerfile"))).isEqualTo(profile);
        assertThat(text("Dockerfile")).contains("COPY --from=onnxruntime /out/onnxruntime-" + profile + ".jar");
    }

    @Test
    void imageAndUnitGiveTensorRtTheSameOptions() {
        List<String> image = all("(ORT_\\w+=[^\\s\\\\]+)", text("Dockerfile"));

        assertThat(image).hasSize(4).contains("ORT_TENSORRT_FP16_ENABLE=1", "ORT_TENSORRT_ENGINE_CACHE_ENABLE=1");
        assertThat(all("(?m)^Environment=(ORT_\\S+)", text("sightline-embed.service")))
                .containsExactlyInAnyOrderElementsOf(image);
    }

    @Test
    void workerHasNoRightsThatItDoesNotNeed() {
        String unit = text("sightline-embed.service");

        assertThat(first("(?m)^User=(\\w+)$", unit)).isEqualTo("sightline");
        assertThat(unit.lines().toList())
                .contains(
                        "NoNewPrivileges=yes",
                        "CapabilityBoundingSet=",
                        "ProtectSystem=strict",
                        "ProtectHome=yes",
                        "PrivateTmp=yes",
                        "DevicePolicy=closed",
                        "SystemCallArchitectures=native");
        assertThat(all("(?m)^USER (\\w+)$", text("Dockerfile"))).containsExactly("sightline");
    }

    @Test
    void imageAndUnitStartTheSameProgram() {
        assertThat(text("sightline-embed.service"))
                .contains("io.sightline.app.Main", "--config /etc/sightline/sightline.yaml");
        assertThat(text("Dockerfile"))
                .contains("\"io.sightline.app.Main\"", "\"embed\", \"--config\", \"/etc/sightline/sightline.yaml\"");
    }

    private static String text(String file) {
        try {
            return Files.readString(JETSON.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String first(String pattern, String text) {
        List<String> found = all(pattern, text);
        assertThat(found).as("%s", pattern).isNotEmpty();
        return found.get(0);
    }

    private static List<String> all(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }
}
