package io.sightline.app.enrol;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.embed.EmbedderSettings;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.FaceNetwork;
import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Photos of nobody, with a finder and a network that understand them: the first pixel's red tells how many faces there are, the second's
 * how wide they are, and the blue of all the rest whom they show. Green is noise, so that the pictures are sharp and no two are the same.
 */
final class FakePeople implements FaceFinder, FaceNetwork {
    static final String MODEL = "fake-faces";
    private static final int PEOPLE = 10;
    private static final int BLUE_PER_PERSON = 25;
    private static final int SIDE_PX = 260;

    /** Where InsightFace's template has a frontal face, for a face of a pixel's width. */
    private static final Landmarks FRONTAL =
            Landmarks.of(0.24f, 0.32f, 0.76f, 0.317f, 0.5f, 0.62f, 0.29f, 0.92f, 0.715f, 0.92f);

    private int looks;

    static byte[] photoOf(int person, long seed) {
        return photo(person, seed, 1, 70);
    }

    static byte[] photo(int person, long seed, int faces, int faceWidthPx) {
        Random random = new Random(seed);
        var image = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < SIDE_PX; y += 4) {
            for (int x = 0; x < SIDE_PX; x += 4) {
                int green = random.nextInt(256);
                for (int i = 0; i < 16; i++) {
                    image.setRGB(x + i % 4, y + i / 4, green << 8 | person * BLUE_PER_PERSON);
                }
            }
        }
        image.setRGB(0, 0, faces << 16);
        image.setRGB(1, 0, faceWidthPx << 16);
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    PhotoExaminer examiner(EnrolSettings settings) {
        return new PhotoExaminer(this, FaceEmbedder.over(this, EmbedderSettings.defaults()), settings);
    }

    /** How many pictures the finder was shown. */
    int looks() {
        return looks;
    }

    @Override
    public List<Detection> detect(RgbImage picture) {
        looks++;
        List<Detection> faces = new ArrayList<>();
        if (picture.widthPx() == SIDE_PX && picture.heightPx() == SIDE_PX) {
            int count = picture.rgb()[picture.offset(0, 0)];
            int width = picture.rgb()[picture.offset(1, 0)];
            for (int i = 0; i < count; i++) {
                float left = 20 + i * 100f;
                faces.add(new Detection(
                        new Box(left, 60, left + width, 60 + 1.3f * width),
                        FRONTAL.transformed(width, left, 60),
                        0.95f));
            }
        }
        return faces;
    }

    @Override
    public String modelId() {
        return MODEL;
    }

    @Override
    public List<float[]> vectors(List<RgbImage> aligned) {
        return aligned.stream().map(FakePeople::vector).toList();
    }

    @Override
    public void close() {}

    private static float[] vector(RgbImage face) {
        float[] vector = new float[PEOPLE];
        int blue = face.rgb()[face.offset(56, 56) + 2] & 0xff;
        vector[Math.round((float) blue / BLUE_PER_PERSON)] = 1;
        return vector;
    }
}
