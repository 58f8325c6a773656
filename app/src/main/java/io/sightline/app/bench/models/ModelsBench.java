package io.sightline.app.bench.models;

import io.sightline.app.pipeline.Closing;
import io.sightline.inference.ModelException;
import io.sightline.inference.onnx.NetworkCosts;
import io.sightline.inference.onnx.NetworkFile;
import io.sightline.inference.onnx.NetworkRun;
import io.sightline.inference.onnx.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Times networks in turn, round after round, so that what disturbs the machine disturbs all alike. A figure is the median of
 * the rounds; a round runs a network for some {@value #ROUND_MS} ms.
 *
 * @param threads numbers of threads, measured one after the other
 * @param nanoTicker monotonic
 * @param workDir for the runtime's libraries and changed graphs
 */
public record ModelsBench(List<Integer> threads, int rounds, LongSupplier nanoTicker, Path workDir) {
    private static final double ROUND_MS = 25;
    private static final int MAX_RUNS = 200;
    private static final int WARM_UP_RUNS = 3;

    public ModelsBench {
        threads = List.copyOf(threads);
        if (rounds < 1) {
            throw new IllegalArgumentException(rounds + " rounds (at least 1)");
        }
    }

    /**
     * The networks of a folder, by name. Throws {@link ModelException} where there is none, or one that cannot be timed.
     *
     * @param size for networks that leave their picture's size free
     */
    public static List<NetworkFile> read(Path folder, Optional<PictureSize> size) {
        try (Stream<Path> files = Files.list(folder)) {
            List<NetworkFile> networks = files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .map(file -> NetworkFile.read(file, size))
                    .toList();
            if (networks.isEmpty()) {
                throw new ModelException(folder + " holds no file that ends in .onnx: name a folder that does");
            }
            return networks;
        } catch (IOException e) {
            throw new ModelException(folder + " cannot be listed (" + e + "): name a folder of ONNX files", e);
        }
    }

    /** In the order given. */
    public List<ModelFigures> run(List<NetworkFile> networks) {
        List<NetworkCosts> costs = networks.stream()
                .map(network -> NetworkCosts.of(network, workDir))
                .toList();
        List<List<Spread>> times =
                threads.stream().map(count -> times(networks, count)).toList();
        List<ModelFigures> figures = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            int place = i;
            NetworkFile network = networks.get(i);
            figures.add(new ModelFigures(
                    network.name(),
                    network.picture().toString(),
                    network.sizeBytes(),
                    costs.get(i),
                    times.stream().map(ofCount -> ofCount.get(place)).toList()));
        }
        return figures;
    }

    private List<Spread> times(List<NetworkFile> networks, int threadCount) {
        try (Closing closing = new Closing()) {
            List<NetworkRun> runs = networks.stream()
                    .map(network -> closing.add(NetworkRun.open(network, threadCount, workDir)))
                    .toList();
            int[] runsOfRound = new int[runs.size()];
            for (int i = 0; i < runsOfRound.length; i++) {
                timeMs(runs.get(i), WARM_UP_RUNS);
                double ms = timeMs(runs.get(i), WARM_UP_RUNS);
                runsOfRound[i] = (int) Math.max(1, Math.min(MAX_RUNS, Math.ceil(ROUND_MS / ms)));
            }
            double[][] roundsMs = new double[runs.size()][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < runsOfRound.length; i++) {
                    roundsMs[i][round] = timeMs(runs.get(i), runsOfRound[i]);
                }
            }
            return Stream.of(roundsMs).map(Spread::of).toList();
        }
    }

    /** Of one run, on the average of {@code count}. */
    private double timeMs(NetworkRun run, int count) {
        long start = nanoTicker.getAsLong();
        for (int i = 0; i < count; i++) {
            run.run();
        }
        return (nanoTicker.getAsLong() - start) / 1e6 / count;
    }
}
