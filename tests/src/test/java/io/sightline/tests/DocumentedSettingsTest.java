package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.detect.DetectSettings;
import io.sightline.ingest.CamerasFile;
import io.sightline.ingest.IngestSettings;
import io.sightline.match.MatchSettings;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that the documents show are the code's, with its defaults. */
class DocumentedSettingsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void documentedSettingsAreKnownAndShowTheDefaults() {
        SightlineSettings documented =
                SightlineSettings.read(Settings.load(Optional.of(DOCS.resolve("sightline.yaml")), Map.of(), Map.of()));
        SightlineSettings defaults = SightlineSettings.read(Settings.load(Optional.empty(), Map.of(), Map.of()));

        assertThat(documented).isEqualTo(defaults);
        assertThat(documented.ingest()).isEqualTo(IngestSettings.defaults());
        assertThat(documented.detect()).isEqualTo(DetectSettings.defaults());
        assertThat(documented.match()).isEqualTo(MatchSettings.defaults());
    }

    @Test
    void documentedCamerasCanBeRead(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("lobby-password"), "canary");
        String text = Files.readString(DOCS.resolve("cameras.yaml"));
        Path cameras = Files.writeString(
                folder.resolve("cameras.yaml"), text.replace("file:lobby-password", "file:" + password));

        assertThat(CamerasFile.read(cameras, Map.of("GATE_PASSWORD", "canary")))
                .extracting(camera -> camera.id().value())
                .containsExactly("gate", "lobby", "archive");
    }
}
