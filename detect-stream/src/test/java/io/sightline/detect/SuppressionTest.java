package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionTest {

    /** Boxes 60 wide, shifted by s, overlap by (60 − s) / (60 + s): 20 gives 0.5, 30 gives 0.333. */
    @Test
    void ofOverlappingBoxesTheBestStays() {
        Detection best = face(0, 0, 60, 0.9f);
        Detection shiftedBy20 = face(20, 0, 60, 0.8f);
        Detection shiftedBy30 = face(30, 0, 60, 0.7f);

        assertThat(new Suppression(0.4f, 200).apply(List.of(shiftedBy30, shiftedBy20, best)))
                .containsExactly(best, shiftedBy30);
    }

    @Test
    void overlapAtTheLimitStays() {
        Detection one = face(0, 0, 60, 0.9f);
        Detection other = face(20, 0, 60, 0.8f);

        assertThat(new Suppression(one.box().iou(other.box()), 200).apply(List.of(one, other)))
                .containsExactly(one, other);
    }

    @Test
    void equalScoresKeepTheirOrder() {
        Detection first = face(0, 0, 60, 0.9f);
        Detection second = face(10, 0, 60, 0.9f);

        assertThat(new Suppression(0.4f, 200).apply(List.of(first, second)))
                .extracting(Detection::box)
                .containsExactly(first.box());
        assertThat(new Suppression(0.4f, 200).apply(List.of(second, first)))
                .extracting(Detection::box)
                .containsExactly(second.box());
    }

    /** Shifted by 12, boxes overlap by 48 / 72; the mean of x weighted by 0.9 and 0.6 is 12 · 0.6 / 1.5 = 4.8 further right. */
    @Test
    void landmarksAreTheMeanOfAllThatSawTheFace() {
        Detection best = face(0, 0, 60, 0.9f);
        Detection shiftedBy12 = face(12, 0, 60, 0.6f);

        List<Detection> faces = new Suppression(0.4f, 200).apply(List.of(shiftedBy12, best));

        assertThat(faces).singleElement().satisfies(face -> {
            assertThat(face.box()).isEqualTo(best.box());
            assertThat(face.score()).isEqualTo(best.score());
            float[] alone = best.landmarks().transformed(1, 4.8f, 0).toArray();
            assertThat(face.landmarks().toArray()).containsExactly(alone, within(1e-4f));
        });
    }

    @Test
    void suppressedBoxThatMayHaveSeenANeighbourHasNoSay() {
        Detection best = face(0, 0, 60, 0.9f);
        Detection shiftedBy20 = face(20, 0, 60, 0.8f);

        assertThat(new Suppression(0.4f, 200).apply(List.of(best, shiftedBy20))).containsExactly(best);
    }

    @Test
    void faceThatOneDetectionSawKeepsItsLandmarksToTheBit() {
        Detection only = face(3.3f, 7.7f, 61.7f, 0.77f);

        assertThat(new Suppression(0.4f, 200).apply(List.of(only))).containsExactly(only);
        Detection hopeless = face(3.3f, 7.7f, 61.7f, 0f);
        assertThat(new Suppression(0.4f, 200).apply(List.of(hopeless))).containsExactly(hopeless);
    }

    @Test
    void noMoreThanTheMostAreKept() {
        List<Detection> crowd = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            crowd.add(face(100 * i, 0, 60, 0.5f + i / 1000f));
        }

        assertThat(new Suppression(0.4f, 200).apply(crowd)).hasSize(60);
        assertThat(new Suppression(0.4f, 7).apply(crowd))
                .hasSize(7)
                .allSatisfy(kept -> assertThat(kept.score()).isGreaterThan(0.55f));
    }
}
