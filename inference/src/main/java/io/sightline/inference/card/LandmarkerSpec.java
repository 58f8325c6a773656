package io.sightline.inference.card;

import java.util.List;

/**
 * What places a face's landmarks exactly. It sees a window of the face as roughly aligned to ArcFace's 112×112 template: the square from
 * {@code firstPx} to {@code endPx} of the template, in both directions.
 *
 * @param output tensor {@code [1][10]}: x0 y0 … x4 y4 in pixels of its input, pixel i covering [i, i + 1)
 * @param firstPx in the template's pixels
 * @param endPx above {@code firstPx}
 */
public record LandmarkerSpec(String output, float firstPx, float endPx) implements OutputSpec {
    /** Left, top, right and bottom of what a window may show lie within so many pixels of the template. */
    static final int MAX_BEYOND_PX = 112;

    public LandmarkerSpec {
        if (!(firstPx < endPx) || firstPx < -MAX_BEYOND_PX || endPx > 2 * MAX_BEYOND_PX) {
            throw new IllegalArgumentException("a window from " + firstPx + " to " + endPx + " px of the template");
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.LANDMARKER;
    }

    @Override
    public List<String> outputNames() {
        return List.of(output);
    }
}
