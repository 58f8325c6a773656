package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.inference.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhotoFacesTest {
    private static final int MARK = 200;

    /**
     * Sees marked pixels as faces of 10×10 px whose left top corner they are, but only where the picture is between {@code minPx} and
     * {@code maxPx} wide.
     */
    private record MarkFinder(int minPx, int maxPx, float score, List<String> seen) implements FaceFinder {
        @Override
        public List<Detection> detect(RgbImage picture) {
            seen.add(picture.widthPx() + "x" + picture.heightPx());
            List<Detection> faces = new ArrayList<>();
            for (int y = 0; y < picture.heightPx(); y++) {
                for (int x = 0; x < picture.widthPx(); x++) {
                    boolean isMarked = (picture.rgb()[picture.offset(x, y)] & 0xff) == MARK;
                    if (isMarked && picture.widthPx() >= minPx && picture.widthPx() <= maxPx) {
                        faces.add(face(x, y, score));
                    }
                }
            }
            return faces;
        }
    }

    @Test
    void faceThatFillsThePhotoIsFoundWithABorderAroundIt() {
        List<Detection> found = faces(new MarkFinder(200, 200, 0.9f, new ArrayList<>()), photo(100, 80, 30, 20));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).box()).isEqualTo(new Box(30, 20, 40, 30));
        assertThat(found.get(0).landmarks().x(0)).isCloseTo(32, within(1e-4f));
    }

    @Test
    void speckInALargePhotoIsFoundInOneOfItsPartsAndOnSeamsOnlyOnce() {
        for (int x : new int[] {0, 290, 300, 310, 589}) {
            List<Detection> found = faces(new MarkFinder(1, 400, 0.9f, new ArrayList<>()), photo(600, 400, x, 200));

            assertThat(found).as("at %d", x).hasSize(1);
            assertThat(found.get(0).box().left()).isEqualTo(x);
        }
    }

    @Test
    void lookingEndsWhereThereIsNobody() {
        List<String> seen = new ArrayList<>();

        assertThat(faces(new MarkFinder(1, 1, 0.9f, seen), photo(600, 400, 5, 5)))
                .isEmpty();

        assertThat(seen).hasSize(1 + 1 + 4 + 16);
    }

    @Test
    void singleFaceIsLookedAtAgainFromNearBy() {
        List<String> seen = new ArrayList<>();

        List<Detection> found = faces(new MarkFinder(1, 10_000, 0.9f, seen), photo(600, 400, 300, 200));

        assertThat(seen).containsExactly("600x400", "30x30");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).box()).isEqualTo(new Box(300, 200, 310, 210));
    }

    @Test
    void secondFaceCountsAlreadyWhenItIsUnsure() {
        FaceFinder sureAndUnsure = picture -> List.of(face(10, 10, 0.9f), face(60, 10, 0.45f), face(90, 10, 0.3f));
        FaceFinder unsureAlone = picture -> List.of(face(60, 10, 0.45f));

        assertThat(faces(sureAndUnsure, photo(100, 80, 0, 0))).hasSize(2);
        assertThat(faces(unsureAlone, photo(100, 80, 0, 0))).isEmpty();
    }

    @Test
    void faceFarBehindThePersonDoesNotCount() {
        FaceFinder near = picture -> List.of(wide(10, 40), wide(60, 10));
        FaceFinder far = picture -> List.of(wide(10, 40), wide(60, 9));

        assertThat(faces(near, photo(100, 80, 0, 0))).hasSize(2);
        assertThat(faces(far, photo(100, 80, 0, 0)))
                .extracting(face -> face.box().widthPx())
                .containsExactly(40f);
    }

    private static Detection wide(int left, int widthPx) {
        return new Detection(
                new Box(left, 10, left + widthPx, 50), face(left, 10, 0.9f).landmarks(), 0.9f);
    }

    @Test
    void photoOfOnePixelHasNoFace() {
        assertThat(faces(new MarkFinder(2, 10_000, 0.9f, new ArrayList<>()), photo(1, 1, 0, 0)))
                .isEmpty();
    }

    private static List<Detection> faces(FaceFinder finder, RgbImage photo) {
        return new PhotoFaces(finder, EnrolSettings.defaults()).in(photo);
    }

    private static Detection face(float x, float y, float score) {
        Landmarks landmarks = Landmarks.of(x + 2, y + 3, x + 8, y + 3, x + 5, y + 5, x + 3, y + 8, x + 7, y + 8);
        return new Detection(new Box(x, y, x + 10, y + 10), landmarks, score);
    }

    private static RgbImage photo(int widthPx, int heightPx, int markX, int markY) {
        RgbImage photo = RgbImage.adopt(widthPx, heightPx, new byte[widthPx * heightPx * 3]);
        photo.rgb()[photo.offset(markX, markY)] = (byte) MARK;
        return photo;
    }
}
