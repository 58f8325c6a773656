package io.sightline.app.plan;

import io.sightline.app.plan.MeasuredCosts.Row;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Costs in round numbers. */
final class PlanFixtures {
    private PlanFixtures() {}

    /** Two cameras of 5 fps at 1000×500: detect 10 ms, embed 2 ms of one face, 100 000 bytes on frames. */
    static Row row() {
        return new Row(
                1000,
                500,
                2,
                10,
                1,
                Map.of("ingest", 4.0, "detect", 10.0, "embed", 2.0, "match", 1.0, "broker", 3.0),
                Map.of(
                        "frames",
                        100_000.0,
                        "faces",
                        10_000.0,
                        "embeddings",
                        2_000.0,
                        "identities",
                        500.0,
                        "settled",
                        20.0));
    }

    static MeasuredCosts costs(Row... rows) {
        return new MeasuredCosts("a machine", "2026-01-01", "bench", "detector", "embedder", List.of(rows));
    }

    static Demand demand(int cameras, double fps) {
        return new Demand(cameras, fps, 1000, 1, 3, 1_000, 1.5, OptionalDouble.empty());
    }
}
