package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import java.util.List;
import java.util.stream.IntStream;

/** Faces for tests: a box with its landmarks where a frontal face has them. */
final class FakeFaces {
    private FakeFaces() {}

    static Detection face(float left, float top, float widthPx, float score) {
        float heightPx = widthPx * 1.25f;
        return new Detection(
                new Box(left, top, left + widthPx, top + heightPx),
                Landmarks.of(
                        left + 0.3f * widthPx,
                        top + 0.4f * heightPx,
                        left + 0.7f * widthPx,
                        top + 0.4f * heightPx,
                        left + 0.5f * widthPx,
                        top + 0.6f * heightPx,
                        left + 0.35f * widthPx,
                        top + 0.8f * heightPx,
                        left + 0.65f * widthPx,
                        top + 0.8f * heightPx),
                score);
    }

    /** Faces in rows of {@code columns}, each a step from the next. */
    static List<Detection> crowd(int count, int columns, int stepPx, float widthPx) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int column = i % columns;
                    int row = i / columns;
                    return face(column * stepPx, row * stepPx, widthPx, 0.9f);
                })
                .toList();
    }

    static Detection face(float left, float top) {
        return face(left, top, 60, 0.95f);
    }
}
