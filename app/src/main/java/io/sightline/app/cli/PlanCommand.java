package io.sightline.app.cli;

import io.sightline.app.plan.Demand;
import io.sightline.app.plan.FleetPlan;
import io.sightline.app.plan.MeasuredCosts;
import io.sightline.app.plan.PlanReport;
import io.sightline.app.plan.Planner;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sightline plan}: how much machine so many cameras need. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Partitions, cores, brokers, network, disk and memory for so many cameras, from what a frame was measured to cost.",
            "docs/sizing.md explains each figure; bench pipeline --costs FILE measures your own machine."
        })
final class PlanCommand implements Callable<Integer> {
    @Option(names = "--cameras", required = true, paramLabel = "N", description = "How many cameras.")
    private int cameras;

    @Option(names = "--fps", required = true, paramLabel = "N", description = "Frames a second taken of each.")
    private double fps;

    @Option(
            names = "--width",
            defaultValue = "1280",
            paramLabel = "PX",
            description =
                    "Width of the pictures that travel, 16:9 (default: ${DEFAULT-VALUE}; see ingest.max-width-px).")
    private int width;

    @Option(
            names = "--faces",
            defaultValue = "1",
            paramLabel = "N",
            description = "Faces in a frame, on average (default: ${DEFAULT-VALUE}).")
    private double faces;

    @Option(
            names = "--replicas",
            defaultValue = "3",
            paramLabel = "N",
            description = "Copies of each record (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--people",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Persons enrolled (default: ${DEFAULT-VALUE}).")
    private int people;

    @Option(
            names = "--headroom",
            defaultValue = "" + Demand.HEADROOM,
            paramLabel = "FACTOR",
            description = "Cores, as a multiple of the mean load (default: ${DEFAULT-VALUE}).")
    private double headroom;

    @Option(
            names = "--gpu",
            paramLabel = "FACES/S",
            description = "Vectors on GPUs that compute so many faces a second each, by bench embed.")
    private @Nullable Double gpu;

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "Costs of your own machine, written by bench pipeline --costs FILE.")
    private @Nullable Path measured;

    @Option(names = "--json", description = "The plan as JSON.")
    private boolean isJson;

    @Override
    public Integer call() {
        MeasuredCosts costs = measured == null ? MeasuredCosts.packed() : MeasuredCosts.read(measured);
        FleetPlan plan = Planner.plan(
                new Demand(
                        cameras,
                        fps,
                        width,
                        faces,
                        replicas,
                        people,
                        headroom,
                        gpu == null ? OptionalDouble.empty() : OptionalDouble.of(gpu)),
                costs);
        if (isJson) {
            System.out.println(JsonText.of(PlanReport.tree(plan, costs)));
        } else {
            PlanReport.text(plan, costs).forEach(System.out::println);
        }
        return 0;
    }
}
