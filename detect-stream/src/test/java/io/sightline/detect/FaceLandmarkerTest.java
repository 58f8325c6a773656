package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A window of 80 px shows the template from 6 to 106: template point t lies at (t − 6) · 0.8. */
class FaceLandmarkerTest {
    private static final RgbImage PICTURE = Pictures.flat(400, 300, 0x336699);

    /** The face lies in the picture as in the template, but three times as large and moved by 20, 30. */
    @Test
    void whatTheNetworkSeesInTheWindowIsGivenInThePicturesPixels() {
        Detection rough =
                new Detection(new Box(50, 60, 300, 290), FaceAligner.template().transformed(3, 20, 30), 0.9f);
        float[] inWindow = {10, 20, 60, 20, 40, 40, 20, 70, 60.5f, 70.25f};
        PlantedLandmarks network = new PlantedLandmarks(inWindow);

        Detection exact = new FaceLandmarker(network, 0.4f).place(PICTURE, rough);

        assertThat(exact.box()).isEqualTo(rough.box());
        assertThat(exact.score()).isEqualTo(rough.score());
        for (int i = 0; i < Landmarks.POINTS; i++) {
            assertThat(exact.landmarks().x(i)).isCloseTo(3 * (inWindow[2 * i] / 0.8f + 6) + 20, within(1e-3f));
            assertThat(exact.landmarks().y(i)).isCloseTo(3 * (inWindow[2 * i + 1] / 0.8f + 6) + 30, within(1e-3f));
        }
    }

    @Test
    void windowShowsTheFaceUprightHoweverItLies() {
        int[] corner = {0};
        RgbImage picture = Pictures.flat(400, 300, 0);
        // the left half of the head is bright; it lies on its side, so that its left is the picture's lower part
        Arrays.fill(picture.rgb(), 150 * 400 * 3, picture.rgb().length, (byte) 255);
        PlantedLandmarks network = new PlantedLandmarks(new float[10]) {
            @Override
            public float[] run(float[] window, int sidePx) {
                corner[0]++;
                int middleRow = sidePx / 2 * sidePx;
                assertThat(window[middleRow + 2]).isEqualTo(127.5f / 128);
                assertThat(window[middleRow + sidePx - 3]).isEqualTo(-127.5f / 128);
                return super.run(window, sidePx);
            }
        };

        new FaceLandmarker(network, 0).place(picture, turnedLeft(200, 150));

        assertThat(corner[0]).isEqualTo(1);
    }

    @Test
    void faintFacesAndThoseWithNothingToAlignKeepTheirLandmarks() {
        PlantedLandmarks network = new PlantedLandmarks(new float[10]);
        FaceLandmarker landmarker = new FaceLandmarker(network, 0.4f);
        Detection faint = FakeFaces.face(100, 100, 60, 0.39f);
        Detection onOneSpot = new Detection(faint.box(), Landmarks.of(new float[10]), 0.9f);

        assertThat(landmarker.place(PICTURE, faint)).isEqualTo(faint);
        assertThat(landmarker.place(PICTURE, onOneSpot)).isEqualTo(onOneSpot);
        assertThat(network.runs).isZero();
    }

    @Test
    void landmarksThatAreNoNumbersAreNotTaken() {
        float[] broken = new float[10];
        broken[7] = Float.NaN;
        Detection rough = FakeFaces.face(100, 100, 60, 0.9f);

        assertThat(new FaceLandmarker(new PlantedLandmarks(broken), 0.4f).place(PICTURE, rough))
                .isEqualTo(rough);
    }

    /** A quarter turn to the left about the template's middle, brought to x, y: what was left is below. */
    private static Detection turnedLeft(float x, float y) {
        float[] upright = FaceAligner.template().toArray();
        float[] turned = new float[upright.length];
        for (int i = 0; i < turned.length; i += 2) {
            turned[i] = x + (upright[i + 1] - 56);
            turned[i + 1] = y - (upright[i] - 56);
        }
        return new Detection(new Box(x - 40, y - 40, x + 40, y + 40), Landmarks.of(turned), 0.9f);
    }
}
