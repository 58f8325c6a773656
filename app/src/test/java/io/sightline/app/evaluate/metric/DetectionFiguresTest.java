package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.evaluate.metric.DetectionFigures.Recall;
import io.sightline.app.evaluate.metric.SceneFaces.Label;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionFiguresTest {
    private static final Landmarks POINTS = Landmarks.of(10, 10, 30, 10, 20, 20, 12, 30, 28, 30);

    /** Right at 0.9, false at 0.8, right at 0.7, one of three missed: 1/3 · 1 + 1/3 · 2/3. */
    @Test
    void averagePrecisionIsTheAreaCountedByHand() {
        SceneFaces first = new SceneFaces(
                "street",
                List.of(face(0, 10), face(100, 16)),
                List.of(found(0, 10, 0.9f), found(300, 10, 0.8f), found(101, 16, 0.7f)));
        SceneFaces second = new SceneFaces("mask", List.of(face(0, 40, "masked")), List.of());

        DetectionFigures figures = DetectionFigures.of(List.of(first, second), 0.75f);

        assertThat(figures.pictures()).isEqualTo(2);
        assertThat(figures.curve().faces()).isEqualTo(3);
        assertThat(figures.curve().average()).isCloseTo(5 / 9.0, within(1e-12));
        assertThat(figures.sure()).isEqualTo(new DetectionFigures.Sure(0.75f, 1));
        assertThat(figures.recalls())
                .contains(
                        new Recall("all", "", new Share(1, 3), new Share(2, 3)),
                        new Recall("width", "8–12 px", new Share(1, 1), new Share(1, 1)),
                        new Recall("width", "12–20 px", new Share(0, 1), new Share(1, 1)),
                        new Recall("width", "32–64 px", new Share(0, 1), new Share(0, 1)),
                        new Recall("width", ">=128 px", new Share(0, 0), new Share(0, 0)),
                        new Recall("kind", "mask", new Share(0, 1), new Share(0, 1)),
                        new Recall("condition", "masked", new Share(0, 1), new Share(0, 1)));
    }

    @Test
    void unsureLabelIsNeitherRightNorWrong() {
        Label unsure = new Label(box(50, 20), Optional.empty(), false, Set.of());
        SceneFaces scene =
                new SceneFaces("web", List.of(face(0, 20), unsure), List.of(found(50, 20, 0.95f), found(0, 20, 0.9f)));

        DetectionFigures figures = DetectionFigures.of(List.of(scene), 0.4f);

        assertThat(figures.curve().average()).isEqualTo(1);
        assertThat(figures.curve().faces()).isEqualTo(1);
        assertThat(figures.sure().falseCalls()).isZero();
    }

    @Test
    void secondDetectionOfAFaceIsFalse() {
        SceneFaces scene = new SceneFaces("web", List.of(face(0, 20)), List.of(found(0, 20, 0.9f), found(1, 20, 0.8f)));

        DetectionFigures figures = DetectionFigures.of(List.of(scene), 0.4f);

        assertThat(figures.curve().points())
                .containsExactly(new PrecisionRecall.Point(0.9f, 1, 1), new PrecisionRecall.Point(0.8f, 1, 0.5));
        assertThat(figures.sure().falseCalls()).isEqualTo(1);
    }

    @Test
    void boxesOverlappingHalfAreOneFaceAndLessAreNot() {
        SceneFaces half = new SceneFaces("web", List.of(face(0, 30)), List.of(found(10, 30, 0.9f)));
        SceneFaces less = new SceneFaces("web", List.of(face(0, 30)), List.of(found(11, 30, 0.9f)));

        assertThat(DetectionFigures.of(List.of(half), 0.4f).curve().average())
                .as("20 of 40")
                .isEqualTo(1);
        assertThat(DetectionFigures.of(List.of(less), 0.4f).curve().average()).isZero();
    }

    @Test
    void withoutAFaceThereIsNoPrecisionButFalseDetections() {
        SceneFaces nobody = new SceneFaces("noface", List.of(), List.of(found(0, 20, 0.9f)));

        DetectionFigures figures = DetectionFigures.of(List.of(nobody), 0.4f);

        assertThat(figures.curve().average()).isNaN();
        assertThat(figures.sure().falseCalls()).isEqualTo(1);
    }

    @Test
    void landmarksAreMeasuredByTheDistanceBetweenTheEyes() {
        Landmarks moved = POINTS.transformed(1, 3, 4);
        LandmarkError error = LandmarkError.of(List.of(
                new LandmarkError.Placed(POINTS, POINTS),
                new LandmarkError.Placed(POINTS, moved),
                new LandmarkError.Placed(POINTS.transformed(2, 0, 0), moved.transformed(2, 0, 0)),
                new LandmarkError.Placed(Landmarks.of(5, 5, 5, 5, 5, 5, 5, 5, 5, 5), POINTS)));

        assertThat(error.faces()).as("eyes on one spot are no measure").isEqualTo(3);
        assertThat(error.median()).isCloseTo(0.25, within(1e-6));
        assertThat(error.percentile95()).isCloseTo(0.25, within(1e-6));
        assertThat(LandmarkError.quantile(new double[] {1, 2, 4, 8}, 0.5)).isEqualTo(3);
    }

    private static Label face(float left, float widthPx, String... conditions) {
        return new Label(box(left, widthPx), Optional.of(POINTS), true, Set.of(conditions));
    }

    private static Detection found(float left, float widthPx, float score) {
        return new Detection(box(left, widthPx), POINTS, score);
    }

    /** As high as wide, at the picture's top. */
    private static Box box(float left, float widthPx) {
        return new Box(left, 0, left + widthPx, widthPx);
    }
}
