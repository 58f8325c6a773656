package io.sightline.embed;

import io.sightline.inference.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** A network whose vector is the mean red, green and blue of the face, and 1: equal faces give equal vectors. */
public final class FakeFaceNetwork implements FaceNetwork {
    private final List<Integer> runs = new ArrayList<>();
    private boolean isClosed;

    @Override
    public String modelId() {
        return "mean-colour";
    }

    @Override
    public List<float[]> vectors(List<RgbImage> aligned) {
        runs.add(aligned.size());
        return aligned.stream().map(FakeFaceNetwork::meanColour).toList();
    }

    /** How many faces each run had. */
    public List<Integer> runs() {
        return List.copyOf(runs);
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private static float[] meanColour(RgbImage face) {
        float[] sums = {0, 0, 0, 1};
        byte[] rgb = face.rgb();
        for (int i = 0; i < rgb.length; i++) {
            sums[i % 3] += (rgb[i] & 0xff) * 3f / rgb.length;
        }
        return sums;
    }
}
