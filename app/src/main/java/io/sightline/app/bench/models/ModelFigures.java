package io.sightline.app.bench.models;

import io.sightline.inference.onnx.NetworkCosts;
import java.util.List;

/**
 * One network of a bench.
 *
 * @param picture size of its input, {@code WIDTHxHEIGHT}
 * @param times one for each of the bench's numbers of threads
 */
public record ModelFigures(String name, String picture, long fileBytes, NetworkCosts costs, List<Spread> times) {
    public ModelFigures {
        times = List.copyOf(times);
    }

    /** Of the median of that number of threads. */
    double multiplyAddsPerSecond(int threadsIndex) {
        return costs.multiplyAdds() / times.get(threadsIndex).medianMs() * 1000;
    }

    InferenceLaw.Point point(int threadsIndex) {
        return new InferenceLaw.Point(
                costs.multiplyAdds(),
                costs.featureMapBytes(),
                times.get(threadsIndex).medianMs());
    }
}
