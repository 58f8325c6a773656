package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroringFaceNetworkTest {
    private static final int LAST = FaceAligner.SIDE_PX - 1;

    private final FirstPixel network = new FirstPixel();
    private final MirroringFaceNetwork mirroring = new MirroringFaceNetwork(network);

    @Test
    void vectorIsTheMeanOfFaceAndMirrorImageAtEqualWeight() {
        // the face's own vector is (3, 0, 4), its mirror image's (8, 0, 6): unit vectors (0.6, 0, 0.8) and (0.8, 0,
        // 0.6)
        RgbImage face = face(3, 8, 4, 6);

        assertThat(mirroring.vectors(List.of(face)))
                .singleElement()
                .satisfies(vector -> assertThat(vector).containsExactly(new float[] {1.4f, 0, 1.4f}, within(1e-6f)));
    }

    @Test
    void faceAndItsMirrorImageHaveOneVector() {
        RgbImage face = TestPictures.blocks(FaceAligner.SIDE_PX, 6, 1);

        List<float[]> vectors = mirroring.vectors(List.of(face, face.mirrored()));

        assertThat(vectors.get(1)).containsExactly(vectors.get(0), within(1e-6f));
    }

    @Test
    void facesKeepTheirPlacesAndShareOneRunWithTheirMirrorImages() {
        List<float[]> together = mirroring.vectors(List.of(face(3, 8, 4, 6), face(1, 1, 0, 0), face(0, 0, 2, 2)));

        assertThat(together.get(1)).containsExactly(new float[] {2, 0, 0}, within(1e-6f));
        assertThat(together.get(2)).containsExactly(new float[] {0, 0, 2}, within(1e-6f));
        assertThat(network.runs).containsExactly(6);
    }

    @Test
    void vectorWithoutDirectionIsRefused() {
        assertThatThrownBy(() -> mirroring.vectors(List.of(face(0, 0, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no direction");
    }

    @Test
    void itIsTheNetworkOfItsIdAndClosesIt() {
        mirroring.close();

        assertThat(mirroring.modelId()).isEqualTo("first-pixel");
        assertThat(network.isClosed).isTrue();
    }

    /** Black, but for red and blue of the first and last pixel of the first row. */
    private static RgbImage face(int firstRed, int lastRed, int firstBlue, int lastBlue) {
        return TestPictures.picture(FaceAligner.SIDE_PX, FaceAligner.SIDE_PX, (x, y, channel) -> {
            if (y != 0 || (x != 0 && x != LAST) || channel == 1) {
                return 0;
            }
            if (channel == 0) {
                return x == 0 ? firstRed : lastRed;
            }
            return x == 0 ? firstBlue : lastBlue;
        });
    }

    /** Its vector is the first pixel. */
    private static final class FirstPixel implements FaceNetwork {
        private final List<Integer> runs = new ArrayList<>();
        private boolean isClosed;

        @Override
        public String modelId() {
            return "first-pixel";
        }

        @Override
        public List<float[]> vectors(List<RgbImage> aligned) {
            runs.add(aligned.size());
            return aligned.stream()
                    .map(face -> new float[] {face.rgb()[0], face.rgb()[1], face.rgb()[2]})
                    .toList();
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
