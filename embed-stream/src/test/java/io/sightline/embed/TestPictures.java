package io.sightline.embed;

import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.RgbImage;
import java.util.Random;

/** Pictures and landmarks for tests; nobody's face. */
public final class TestPictures {
    private static final float[] TEMPLATE_POINTS = {
        38.7946f, 52.1963f, 74.0318f, 52.0014f, 56.5252f, 72.2366f, 42.0493f, 92.8655f, 71.2299f, 92.7041f
    };

    /** Level of one channel at a pixel. */
    public interface Level {
        int at(int x, int y, int channel);
    }

    private TestPictures() {}

    public static RgbImage picture(int widthPx, int heightPx, Level level) {
        byte[] rgb = new byte[widthPx * heightPx * 3];
        for (int y = 0; y < heightPx; y++) {
            for (int x = 0; x < widthPx; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    rgb[(y * widthPx + x) * 3 + channel] = (byte) level.at(x, y, channel);
                }
            }
        }
        return RgbImage.adopt(widthPx, heightPx, rgb);
    }

    public static RgbImage flat(int widthPx, int heightPx, int level) {
        return picture(widthPx, heightPx, (x, y, channel) -> level);
    }

    /** Blocks of {@code blockPx} with random grey levels: sharp edges, and JPEG keeps them. */
    public static RgbImage blocks(int sidePx, int blockPx, long seed) {
        Random random = new Random(seed);
        int columns = sidePx / blockPx + 1;
        int[] levels = random.ints((long) columns * columns, 0, 256).toArray();
        return picture(sidePx, sidePx, (x, y, channel) -> levels[y / blockPx * columns + x / blockPx]);
    }

    /** The landmarks of a frontal face, scaled and moved: in a picture of 112×112 with 1, 0, 0 exactly the template's. */
    public static Landmarks frontal(float scale, float offsetX, float offsetY) {
        return Landmarks.of(TEMPLATE_POINTS).transformed(scale, offsetX, offsetY);
    }

    /** A face in profile: nose and mouth far to one side. */
    public static Landmarks profile() {
        return Landmarks.of(52, 52, 74, 52, 86, 72, 62, 92, 76, 92);
    }
}
