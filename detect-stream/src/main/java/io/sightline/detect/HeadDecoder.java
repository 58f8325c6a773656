package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.card.DetectorSpec;
import java.util.List;

/**
 * Turns a network's raw outputs into detections in pixels of the network's input.
 *
 * <p>InsightFace writes its boxes to pixel indices (a cell's middle at S·i + 7.5, box c ∓ (w − 1) / 2, last pixel
 * included). In continuous coordinates, where pixel i covers [i, i + 1), that is a middle at S·i + 8 and the box
 * c ∓ w / 2: the same form as Pytorch_Retinaface's, so that one formula reads both.
 */
final class HeadDecoder {
    private final DetectorSpec head;
    private final float minScore;

    HeadDecoder(DetectorSpec head, float minScore) {
        this.head = head;
        this.minScore = minScore;
    }

    /**
     * One level's outputs.
     *
     * @param score 1 channel, the face's probability; of logits 2, background and face
     * @param box 4 channels: d0 to d3
     * @param landmarks 10 channels: x0 y0 … x4 y4
     */
    record LevelOutputs(AnchorLevel level, HeadView score, HeadView box, HeadView landmarks) {}

    /** Adds what scores at least the threshold to {@code found}, in the order of the anchors; what is no number is left out. */
    void decode(LevelOutputs outputs, List<Detection> found) {
        AnchorLevel level = outputs.level();
        int anchorsPerCell = level.anchorsPerCell();
        for (int cell = 0; cell < level.cells(); cell++) {
            for (int anchor = 0; anchor < anchorsPerCell; anchor++) {
                float score = score(outputs.score(), cell, anchor);
                if (score >= minScore) {
                    add(outputs, cell, anchor, Math.min(score, 1), found);
                }
            }
        }
    }

    private float score(HeadView view, int cell, int anchor) {
        return switch (head.scores()) {
            case PROBABILITIES -> view.at(cell, anchor, 0);
            case LOGITS -> (float) (1 / (1 + Math.exp(view.at(cell, anchor, 0) - view.at(cell, anchor, 1))));
        };
    }

    private void add(LevelOutputs outputs, int cell, int anchor, float score, List<Detection> found) {
        AnchorLevel level = outputs.level();
        HeadView box = outputs.box();
        int side = level.sizesPx().get(anchor);
        float x = level.centreX(cell);
        float y = level.centreY(cell);
        float centreX = x + side * head.centreVariance() * box.at(cell, anchor, 0);
        float centreY = y + side * head.centreVariance() * box.at(cell, anchor, 1);
        float halfWidth = side * (float) Math.exp(head.sizeVariance() * box.at(cell, anchor, 2)) / 2;
        float halfHeight = side * (float) Math.exp(head.sizeVariance() * box.at(cell, anchor, 3)) / 2;
        float landmarkScale = side * head.centreVariance() * head.landmarkFactor();
        float[] points = new float[2 * Landmarks.POINTS];
        for (int i = 0; i < points.length; i++) {
            float base = i % 2 == 0 ? x : y;
            points[i] = base + landmarkScale * outputs.landmarks().at(cell, anchor, i);
        }
        if (isPlausible(centreX, centreY, halfWidth, halfHeight) && areFinite(points)) {
            Box decoded = new Box(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
            found.add(new Detection(decoded, Landmarks.of(points), score));
        }
    }

    /** A box that is a number and still has an area after rounding to floats. */
    private static boolean isPlausible(float centreX, float centreY, float halfWidth, float halfHeight) {
        return Float.isFinite(centreX + halfWidth)
                && Float.isFinite(centreY + halfHeight)
                && centreX + halfWidth > centreX - halfWidth
                && centreY + halfHeight > centreY - halfHeight;
    }

    private static boolean areFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
