package io.sightline.detect;

import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.HeadDecoder.LevelOutputs;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.DetectorSpec;
import io.sightline.inference.card.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds each level's scores, boxes and landmarks among a network's outputs. Their convention is the card's, their form is
 * seen from their shape: planes {@code [1][channels][rows][columns]} per level, or rows {@code [1][anchors][channels]}, a
 * level's own or all levels' one after the other, as Pytorch_Retinaface gives them.
 */
final class HeadReader {
    private static final int SCORES = 2;
    private static final int BOX = 4;
    private static final int LANDMARKS = 2 * Landmarks.POINTS;
    private static final int RANK_OF_PLANES = 4;

    private final DetectorSpec head;
    private final List<AnchorLevel> levels;

    /** For an input of that size. */
    HeadReader(DetectorSpec head, int inputWidthPx, int inputHeightPx) {
        this.head = head;
        this.levels = head.levels().stream()
                .map(level -> AnchorLevel.covering(
                        inputWidthPx, inputHeightPx, level.stridePx(), firstCentre(level), level.anchorsPx()))
                .toList();
    }

    /** InsightFace derives all anchors from a base of 16 pixels, whatever the stride: middle at index 7.5, which is 8 here. */
    private float firstCentre(Level level) {
        return switch (head.convention()) {
            case INSIGHTFACE -> 8f;
            case PYTORCH_RETINAFACE -> level.stridePx() / 2f;
        };
    }

    /** Throws {@link ModelException} when an output has another size than the card makes of it. */
    List<LevelOutputs> read(HeadOutputs outputs) {
        List<LevelOutputs> read = new ArrayList<>();
        int anchorsBefore = 0;
        for (int i = 0; i < levels.size(); i++) {
            AnchorLevel level = levels.get(i);
            Level names = head.levels().get(i);
            read.add(new LevelOutputs(
                    level,
                    scores(names.scoreOutput(), level, anchorsBefore, outputs),
                    view(names.boxOutput(), level, anchorsBefore, BOX, outputs),
                    view(names.landmarkOutput(), level, anchorsBefore, LANDMARKS, outputs)));
            anchorsBefore += level.anchors();
        }
        return read;
    }

    /** The faces' probabilities alone, as one channel; logits as they are, as two. */
    private HeadView scores(String name, AnchorLevel level, int anchorsBefore, HeadOutputs outputs) {
        boolean isByChannel = outputs.rank(name) == RANK_OF_PLANES
                && switch (head.convention()) {
                    case INSIGHTFACE -> true; // all backgrounds, then all faces
                    case PYTORCH_RETINAFACE -> false;
                };
        HeadView both = isByChannel
                ? HeadView.planesByChannel(checked(name, level.anchors() * SCORES, outputs), level)
                : view(name, level, anchorsBefore, SCORES, outputs);
        return switch (head.scores()) {
            case PROBABILITIES -> both.skippingChannels(1);
            case LOGITS -> both;
        };
    }

    private HeadView view(String name, AnchorLevel level, int anchorsBefore, int channels, HeadOutputs outputs) {
        int own = level.anchors() * channels;
        if (outputs.rank(name) == RANK_OF_PLANES) {
            return HeadView.planes(checked(name, own, outputs), level, channels);
        }
        boolean isOwn = outputs.values(name).length == own;
        int all = levels.stream().mapToInt(AnchorLevel::anchors).sum() * channels;
        return isOwn
                ? HeadView.rows(outputs.values(name), level, 0, channels)
                : HeadView.rows(checked(name, all, outputs), level, anchorsBefore, channels);
    }

    private static float[] checked(String name, int expected, HeadOutputs outputs) {
        float[] values = outputs.values(name);
        if (values.length != expected) {
            throw new ModelException("output '" + name + "' has " + values.length + " values, the card makes it "
                    + expected + ": check the card's strides, anchors and names");
        }
        return values;
    }
}
