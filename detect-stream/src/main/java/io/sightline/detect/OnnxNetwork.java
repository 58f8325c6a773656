package io.sightline.detect;

import io.sightline.inference.RgbImage;
import io.sightline.inference.onnx.OnnxModel;
import io.sightline.inference.onnx.TensorMap;
import java.nio.FloatBuffer;

/** A detector's network on ONNX Runtime. */
record OnnxNetwork(OnnxModel model) implements FaceDetector.Network {
    @Override
    public HeadOutputs run(FloatBuffer input, int heightPx, int widthPx) {
        TensorMap tensors = model.run(input, 1, RgbImage.CHANNELS, heightPx, widthPx);
        return new HeadOutputs() {
            @Override
            public float[] values(String name) {
                return tensors.get(name).values();
            }

            @Override
            public int rank(String name) {
                return tensors.get(name).rank();
            }
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
