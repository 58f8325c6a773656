package io.sightline.app.pipeline;

import io.sightline.runtime.settings.Section;
import java.time.Duration;

/**
 * How many threads each stage's workers have.
 *
 * @param detectThreads stream threads of detect-stream; each runs the network by itself
 * @param embedThreads stream threads of embed-stream
 * @param matchThreads stream threads of match-stream
 * @param matchCommitInterval how long match-stream gathers results into a transaction: consumers see them after it
 * @param instance this worker's name among the stage's, kept over restarts
 */
public record WorkerSettings(
        int detectThreads, int embedThreads, int matchThreads, Duration matchCommitInterval, String instance) {
    /** Reads the section {@code workers}. */
    public static WorkerSettings read(Section section) {
        return new WorkerSettings(
                section.integer("detect-threads", 2, 1, 64),
                section.integer("embed-threads", 1, 1, 64),
                section.integer("match-threads", 1, 1, 64),
                section.millis(
                        "match-commit-interval-ms",
                        Duration.ofMillis(25),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(10)),
                section.text("instance", "1"));
    }
}
