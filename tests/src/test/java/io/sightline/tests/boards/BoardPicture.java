package io.sightline.tests.boards;

import io.sightline.tests.servers.PrometheusServer;
import io.sightline.tests.servers.RequiredServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code dashboards/render}, run.
 *
 * @param back how much of the past it shows
 * @param folder where the pictures go
 */
record BoardPicture(PrometheusServer prometheus, Duration back, Path folder) {
    private static final long LIMIT_SECONDS = 120;

    /** Draws the board with the cameras that fit the pattern; gives what the program said: panels without data. */
    List<String> draw(Board board, String cameras) throws IOException, InterruptedException {
        RequiredServer.MATPLOTLIB.require();
        Files.createDirectories(folder);
        Path picture = folder.resolve(board.fileName().replace(".json", ".png"));
        Path said = Files.createTempFile("render", ".txt");
        Process process = new ProcessBuilder(
                        RuleFiles.ROOT.resolve("dashboards/render").toString(),
                        "--prometheus",
                        prometheus.url(),
                        "--scrape",
                        "1",
                        "--since",
                        back.toSeconds() + "s",
                        "--var",
                        "camera=" + cameras,
                        "--out",
                        picture.toString(),
                        Boards.FOLDER.resolve(board.fileName()).toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(said);
            if (!hasEnded || process.exitValue() != 0) {
                throw new AssertionError("dashboards/render failed for " + board.fileName() + ": " + lines);
            }
            return lines;
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
