package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.topic.Topic;
import io.sightline.inference.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropCutterTest {
    /** ArcFace's template of 112×112: eyes, nose, mouth corners. */
    private static final double[] TEMPLATE = {
        38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041
    };

    private final CropCutter cutter = new CropCutter(256);

    @Test
    void cropPointsBackToItsPlaceInTheFrame() {
        RgbImage picture = Pictures.smooth(640, 480);

        Crop crop = cut(picture, face(300, 200, 50, 0.9f).box());

        RgbImage decoded = Pictures.decoded(crop.picture());
        int x = 40;
        int y = 50;
        assertThat(crop.scale()).isEqualTo(1);
        assertThat(channels(decoded, x, y)).satisfies(colour -> {
            int[] expected = channels(picture, (int) crop.originX() + x, (int) crop.originY() + y);
            for (int i = 0; i < 3; i++) {
                assertThat(colour[i]).isCloseTo(expected[i], within(6));
            }
        });
    }

    @Test
    void largeFaceIsScaledToTheLongestSide() {
        RgbImage picture = Pictures.smooth(1920, 1080);
        Detection face = face(700, 200, 320, 0.9f);

        Crop crop = cut(picture, face.box());

        RgbImage decoded = Pictures.decoded(crop.picture());
        assertThat(decoded.widthPx()).isEqualTo(256);
        assertThat(crop.scale()).isCloseTo(880 / 256f, within(0.01f));
        Landmarks inCrop = crop.toCrop(face.landmarks());
        int[] nose = channels(decoded, (int) inCrop.x(2), (int) inCrop.y(2));
        int[] expected = channels(
                picture, (int) face.landmarks().x(2), (int) face.landmarks().y(2));
        for (int i = 0; i < 3; i++) {
            assertThat(nose[i]).isCloseTo(expected[i], within(6));
        }
    }

    @Test
    void alignedFaceLiesWithinTheCropHoweverTheHeadIsTilted() {
        for (int degrees = -45; degrees <= 45; degrees += 15) {
            Landmarks landmarks = tilted(face(400, 300, 60, 0.9f).landmarks(), Math.toRadians(degrees));
            Region crop = CropCutter.regionAround(face(400, 300, 60, 0.9f).box(), 1280, 720);

            for (double[] corner : alignedCorners(landmarks)) {
                assertThat(corner[0])
                        .as("x at %s°", degrees)
                        .isBetween((double) crop.left(), (double) crop.left() + crop.widthPx());
                assertThat(corner[1])
                        .as("y at %s°", degrees)
                        .isBetween((double) crop.top(), (double) crop.top() + crop.heightPx());
            }
        }
    }

    @Test
    void cropAtTheBorderStaysInTheFrame() {
        assertThat(CropCutter.regionAround(new Box(-20, -30, 40, 50), 480, 270)).isEqualTo(new Region(0, 0, 176, 176));
        assertThat(CropCutter.regionAround(new Box(450, 240, 500, 300), 480, 270))
                .isEqualTo(new Region(348, 138, 132, 132));
        assertThat(CropCutter.regionAround(new Box(-300, -300, 700, 800), 480, 270))
                .isEqualTo(new Region(0, 0, 480, 270));
        assertThat(CropCutter.regionAround(new Box(0, 0, 1, 1), 1, 1)).isEqualTo(new Region(0, 0, 1, 1));
    }

    @Test
    void faceOnAPictureOneLineHighStillHasACrop() {
        Crop crop = cut(Pictures.smooth(3000, 1), new Box(1000, -300, 1600, 400));

        assertThat(Pictures.decoded(crop.picture()).widthPx()).isEqualTo(256);
        assertThat(Pictures.decoded(crop.picture()).heightPx()).isEqualTo(1);
    }

    @Test
    void cropsOfACrowdFitIntoOneRecord() {
        RgbImage noise = Pictures.noise(1280, 720, 3);
        List<Box> crowd =
                FakeFaces.crowd(60, 10, 110, 110).stream().map(Detection::box).toList();

        List<Crop> crops = cutter.cut(noise, crowd);

        assertThat(crops).hasSize(60);
        assertThat(crops.stream().mapToInt(crop -> crop.picture().sizeBytes()).sum())
                .isLessThan(Topic.MAX_RECORD_BYTES);
        assertThat(crops.get(0).scale()).isGreaterThan(1);
    }

    private Crop cut(RgbImage picture, Box box) {
        return cutter.cut(picture, List.of(box)).get(0);
    }

    private static int[] channels(RgbImage picture, int x, int y) {
        int rgb = Pictures.rgb(picture, x, y);
        return new int[] {rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff};
    }

    private static Landmarks tilted(Landmarks landmarks, double radians) {
        float[] points = landmarks.toArray();
        for (int i = 0; i < points.length; i += 2) {
            double x = points[i] - landmarks.x(2);
            double y = points[i + 1] - landmarks.y(2);
            points[i] = (float) (landmarks.x(2) + x * Math.cos(radians) - y * Math.sin(radians));
            points[i + 1] = (float) (landmarks.y(2) + x * Math.sin(radians) + y * Math.cos(radians));
        }
        return Landmarks.of(points);
    }

    /** The corners of the aligned face in the frame: least squares of frame = (a, −b; b, a) · template + (tx, ty). */
    private static double[][] alignedCorners(Landmarks landmarks) {
        double u = 0;
        double v = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < 5; i++) {
            u += TEMPLATE[2 * i] / 5;
            v += TEMPLATE[2 * i + 1] / 5;
            x += landmarks.x(i) / 5;
            y += landmarks.y(i) / 5;
        }
        double along = 0;
        double across = 0;
        double squares = 0;
        for (int i = 0; i < 5; i++) {
            double du = TEMPLATE[2 * i] - u;
            double dv = TEMPLATE[2 * i + 1] - v;
            along += du * (landmarks.x(i) - x) + dv * (landmarks.y(i) - y);
            across += du * (landmarks.y(i) - y) - dv * (landmarks.x(i) - x);
            squares += du * du + dv * dv;
        }
        double a = along / squares;
        double b = across / squares;
        double[][] corners = {{0, 0}, {112, 0}, {0, 112}, {112, 112}};
        for (double[] corner : corners) {
            double du = corner[0] - u;
            double dv = corner[1] - v;
            corner[0] = x + a * du - b * dv;
            corner[1] = y + b * du + a * dv;
        }
        return corners;
    }
}
