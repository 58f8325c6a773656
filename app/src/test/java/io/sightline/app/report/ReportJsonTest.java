package io.sightline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJsonTest {
    @TempDir
    private Path folder;

    @Test
    void fieldsAreThoseOfTheContract() throws IOException {
        assertThat(ReportJson.text(RunFixtures.report())).isEqualTo(golden());
    }

    @Test
    void latencyThatWasNeverMeasuredIsNull() {
        Report full = RunFixtures.report();
        Report unmeasured = new Report(full.cameras(), Optional.empty(), Optional.empty(), List.of(), full.models());

        assertThat(ReportJson.tree(unmeasured).get("latency_ms"))
                .hasToString("{\"p50\":null,\"p95\":null,\"p99\":null}");
        assertThat(ReportJson.tree(unmeasured).get("sightings")).isEmpty();
    }

    @Test
    void fileIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = folder.resolve("deep").resolve("report.json");
        ReportJson.write(RunFixtures.report(), file);

        ReportJson.write(RunFixtures.report(), file);

        assertThat(file).hasContent(golden());
        try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void targetThatCannotBeReplacedIsAnErrorAndLeavesNothing() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("report.json").resolve("inside"));

        assertThatThrownBy(() -> ReportJson.write(RunFixtures.report(), folder.resolve("report.json")))
                .isInstanceOf(IOException.class);

        assertThat(occupied).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static String golden() throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(ReportJsonTest.class.getResourceAsStream("report-golden.json"))) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
