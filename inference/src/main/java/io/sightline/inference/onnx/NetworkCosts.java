package io.sightline.inference.onnx;

import java.nio.file.Path;

/**
 * What one picture costs a network, as papers count it.
 *
 * @param parameters weights and biases of the file
 * @param multiplyAdds of convolutions, fully connected layers and matrix products
 * @param featureMapBytes that the operators write, and as many again that the next ones read; views and the steps of
 *     quantisation count nothing, a value that is kept as an integer counts one byte
 * @param isQuantised whether it computes with integers
 */
public record NetworkCosts(long parameters, long multiplyAdds, long featureMapBytes, boolean isQuantised) {
    /** One run, unoptimised, tells the shapes of all inner values. */
    public static NetworkCosts of(NetworkFile network, Path workDir) {
        return new CostCounter(network.outline(), InnerShapes.of(network, workDir)).count();
    }
}
