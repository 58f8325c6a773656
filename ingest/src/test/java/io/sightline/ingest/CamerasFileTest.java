package io.sightline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasFileTest {
    @TempDir
    private Path folder;

    @Test
    void camerasAreReadWithTheirSettingsAndSecrets() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Path file = Files.writeString(folder.resolve("cameras.yaml"), """
                cameras:
                  - id: gate
                    url: rtsps://192.168.1.20/stream1
                    user: admin
                    password: env:SIGHTLINE_GATE_PASSWORD
                    fps: 5
                    max-width-px: 1280
                    jpeg-quality: 80
                    open-timeout-ms: 3000
                    read-timeout-ms: 4000
                    tls-verify: false
                    tls-ca-file: ca.pem
                  - id: yard
                    url: http://192.168.1.21/video
                    user: viewer
                    password: file:%s
                  - id: clip
                    url: clips/clip.mp4
                    start-at-ms: 30000
                    repeat: loop
                    pace: fast
                """.formatted(secret));

        List<CameraSpec> cameras = CamerasFile.read(file, Map.of("SIGHTLINE_GATE_PASSWORD", "p/w"));

        CaptureSettings gate = cameras.get(0).capture();
        assertThat(cameras).extracting(camera -> camera.id().value()).containsExactly("gate", "yard", "clip");
        assertThat(cameras.get(0).source().openAddress()).isEqualTo("rtsps://admin:p%2Fw@192.168.1.20/stream1");
        assertThat(gate.fps()).isEqualTo(5);
        assertThat(gate.maxWidthPx()).isEqualTo(1280);
        assertThat(gate.jpegQuality()).isEqualTo(80);
        assertThat(gate.openTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(gate.readTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(gate.tls()).isEqualTo(new TlsSettings(TlsSettings.Verify.NO, Optional.of(Path.of("ca.pem"))));
        assertThat(cameras.get(1).source().openAddress()).isEqualTo("http://viewer:s3cret@192.168.1.21/video");
        assertThat(cameras.get(1).capture()).isEqualTo(CaptureSettings.defaults());
        assertThat(cameras.get(2).capture().filePlay())
                .isEqualTo(new FilePlay(Duration.ofSeconds(30), FilePlay.Repeat.LOOP, FilePlay.Pace.FAST));
        assertThat(cameras.toString()).doesNotContain("p/w", "p%2Fw", "s3cret");
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirLines() throws IOException {
        Path file = Files.writeString(folder.resolve("cameras.yaml"), """
                cameras:
                  - id: Gate
                    url: rtsp://host/1
                  - id: yard
                    url: rstp://admin:canary@host/2
                  - id: yard
                    url: rtsp://host/3
                    read-timeout-ms: 10s
                  - id: door
                    url: rtsp://host/4
                    user: admin
                    password: canary
                    fsp: 5
                  - id: roof
                    url: rtsp://host/5
                    user: admin
                    password: env:NOT_SET
                  - url: clip.mp4
                """);

        List<String> problems =
                problems(catchThrowableOfType(SettingsException.class, () -> CamerasFile.read(file, Map.of())));

        assertThat(problems.toString())
                .contains("cameras.yaml:2:", "'Gate'")
                .contains("cameras.yaml:5:", "unknown scheme")
                .contains("cameras.yaml:6:", "which another camera has")
                .contains("cameras.yaml:8:", "write 10000")
                .contains("cameras.yaml:12:", "write env:NAME (a variable) or file:PATH")
                .contains("cameras.yaml:13:", "did you mean 'fps'")
                .contains("cameras.yaml:17:", "the variable NOT_SET is not set")
                .contains("cameras[5].id: is missing")
                .doesNotContain("canary");
        assertThat(problems).hasSize(8);
    }

    @Test
    void fileWithoutCamerasIsAMistake() throws IOException {
        Path file = Files.writeString(folder.resolve("cameras.yaml"), "cameras: []\n");

        assertThat(catchThrowableOfType(SettingsException.class, () -> CamerasFile.read(file, Map.of()))
                        .problems()
                        .toString())
                .contains("list at least one camera");
    }

    @Test
    void credentialsInTheAddressAndBesideItAreAContradiction() throws IOException {
        Path file = Files.writeString(folder.resolve("cameras.yaml"), """
                cameras:
                  - id: gate
                    url: rtsp://admin:canary@host/1
                    user: admin
                    password: env:P
                """);

        assertThat(catchThrowableOfType(SettingsException.class, () -> CamerasFile.read(file, Map.of("P", "canary")))
                        .getMessage())
                .contains("take them out of the url")
                .doesNotContain("canary");
    }

    @Test
    void ingestSettingsReadEveryKeyAndTellContradictions() throws IOException {
        Path file = Files.writeString(folder.resolve("sightline.yaml"), """
                ingest:
                  fps: 12.5
                  simultaneous-attempts: 3
                  producer-buffer-bytes: 16777216
                  state-interval-ms: 1000
                  reconnect:
                    first-wait-ms: 5000
                    longest-wait-ms: 1000
                  admission:
                    target-latency-ms: 300
                    credit-expiry-ms: 200
                """);
        Settings settings = Settings.load(Optional.of(file), Map.of(), Map.of());

        IngestSettings ingest = IngestSettings.read(settings.section("ingest"));

        assertThat(ingest.capture().fps()).isEqualTo(12.5);
        assertThat(ingest.simultaneousAttempts()).isEqualTo(3);
        assertThat(ingest.producerBufferBytes()).isEqualTo(16_777_216);
        assertThat(problems(catchThrowableOfType(SettingsException.class, settings::finish)))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("must not be below first-wait-ms, which is 5000"))
                .anyMatch(problem -> problem.contains("must be above target-latency-ms, which is 300"));
    }

    @Test
    void nothingGivenMeansTheDefaults() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of());

        assertThat(IngestSettings.read(settings.section("ingest"))).isEqualTo(IngestSettings.defaults());
        settings.finish();
    }

    private static List<String> problems(SettingsException e) {
        return e.problems().stream().map(Object::toString).toList();
    }
}
