package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.tests.servers.RequiredServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The boards are of the types that Grafana publishes: {@code dashboards/schema-check}, by npm's {@code @grafana/schema} and TypeScript. The
 * packages are fetched once per checkout, into {@code target}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardSchemaIT {
    private static final Path SOURCE = RuleFiles.ROOT.resolve("dashboards/schema-check");
    private static final Path WORK = Path.of("target", "schema-check").toAbsolutePath();
    private static final long LIMIT_SECONDS = 300;

    @BeforeAll
    void fetchTypes() throws Exception {
        RequiredServer.NPM.require();
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", ".npmrc", "tsconfig.json", "board.ts", "check.mjs")) {
            Files.copy(SOURCE.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Ended install = run(Boards.FOLDER, "npm", "install", "--prefer-offline", "--ignore-scripts");
        if (install.code() != 0) {
            RequiredServer.missing("npm cannot fetch @grafana/schema and typescript:\n" + install.output());
        }
    }

    @Test
    void boardsAreAsGrafanasTypesSay() throws Exception {
        Ended check = run(Boards.FOLDER, "npm", "run", "--silent", "check");

        assertThat(check.code()).as(check.output()).isZero();
        assertThat(check.output()).contains(Boards.all().size() + " boards are as Grafana's types say");
    }

    @Test
    void optionThatGrafanaDoesNotHaveIsRefused(@TempDir Path folder) throws Exception {
        String fleet = Files.readString(Boards.FOLDER.resolve("10-fleet.json"));
        Files.writeString(folder.resolve("10-fleet.json"), fleet.replace("\"drawStyle\"", "\"drawingStyle\""));

        Ended check = run(folder, "npm", "run", "--silent", "check");

        assertThat(check.code()).isNotZero();
        assertThat(check.output()).contains("drawingStyle");
    }

    private record Ended(int code, String output) {}

    private static Ended run(Path boards, String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("schema-check", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("BOARDS", boards.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(String.join(" ", command) + " took over " + LIMIT_SECONDS + " s");
            }
            return new Ended(process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
