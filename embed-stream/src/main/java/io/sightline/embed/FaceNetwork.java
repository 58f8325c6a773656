package io.sightline.embed;

import io.sightline.inference.RgbImage;
import io.sightline.inference.onnx.ProviderChoice;
import java.util.List;

/** The recogniser behind {@link FaceEmbedder}: aligned faces in, vectors out. Thread-safe. */
public interface FaceNetwork extends AutoCloseable {
    /** Vectors of different ids do not compare. */
    String modelId();

    /** Where it is computed; the CPU unless the network says otherwise. */
    default ProviderChoice computedOn() {
        return ProviderChoice.cpu();
    }

    /**
     * One vector per face, in their order, of any length but zero.
     *
     * @param aligned pictures of {@link io.sightline.inference.align.FaceAligner#SIDE_PX} squared; not empty
     * @return {@code [faces][dimension]}
     */
    List<float[]> vectors(List<RgbImage> aligned);

    @Override
    void close();
}
