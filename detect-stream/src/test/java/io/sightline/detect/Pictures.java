package io.sightline.detect;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for tests, and Java's own JPEG coder as the independent reference. */
public final class Pictures {
    private Pictures() {}

    /** What a pixel is. */
    @FunctionalInterface
    public interface Pixel {
        /** 0xRRGGBB */
        int at(int x, int y);
    }

    public static RgbImage picture(int widthPx, int heightPx, Pixel pixel) {
        byte[] rgb = new byte[widthPx * heightPx * 3];
        for (int i = 0; i < widthPx * heightPx; i++) {
            int colour = pixel.at(i % widthPx, i / widthPx);
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
        return RgbImage.adopt(widthPx, heightPx, rgb);
    }

    public static RgbImage flat(int widthPx, int heightPx, int colour) {
        return picture(widthPx, heightPx, (x, y) -> colour);
    }

    /** Smooth in all colours, different in each corner. */
    public static RgbImage smooth(int widthPx, int heightPx) {
        return picture(
                widthPx,
                heightPx,
                (x, y) -> 0x10000 * (40 + 170 * x / widthPx)
                        + 0x100 * (220 - 150 * y / heightPx)
                        + (60 + 90 * (x + y) / (widthPx + heightPx)));
    }

    /** A scene of soft blobs; another seed is another scene. */
    public static RgbImage scene(int widthPx, int heightPx, long seed) {
        Random random = new Random(seed);
        double[] phase = random.doubles(6, 0, 2 * Math.PI).toArray();
        double[] wave = random.doubles(6, 1.5, 4).toArray();
        return picture(widthPx, heightPx, (x, y) -> {
            double u = (double) x / widthPx * 2 * Math.PI;
            double v = (double) y / heightPx * 2 * Math.PI;
            int level = (int)
                    (128 + 50 * Math.sin(wave[0] * u + phase[0]) + 50 * Math.cos(wave[1] * v + phase[1] + wave[2] * u));
            return level * 0x010101;
        });
    }

    public static RgbImage noise(int widthPx, int heightPx, long seed) {
        byte[] rgb = new byte[widthPx * heightPx * 3];
        new Random(seed).nextBytes(rgb);
        return RgbImage.adopt(widthPx, heightPx, rgb);
    }

    /** By ImageIO, 4:2:0. */
    public static Jpeg jpeg(RgbImage picture) {
        BufferedImage image = new BufferedImage(picture.widthPx(), picture.heightPx(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.heightPx(); y++) {
            for (int x = 0; x < picture.widthPx(); x++) {
                image.setRGB(x, y, rgb(picture, x, y));
            }
        }
        return write(image);
    }

    /** A grey JPEG of one component. */
    public static Jpeg greyJpeg(int widthPx, int heightPx, int level) {
        BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_BYTE_GRAY);
        byte[] row = new byte[widthPx];
        Arrays.fill(row, (byte) level);
        for (int y = 0; y < heightPx; y++) {
            image.getRaster().setDataElements(0, y, widthPx, 1, row);
        }
        return write(image);
    }

    /** By ImageIO. */
    public static RgbImage decoded(Jpeg jpeg) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg.bytes()));
            return picture(image.getWidth(), image.getHeight(), (x, y) -> image.getRGB(x, y) & 0xffffff);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int rgb(RgbImage picture, int x, int y) {
        int at = picture.offset(x, y);
        byte[] rgb = picture.rgb();
        return 0x10000 * (rgb[at] & 0xff) + 0x100 * (rgb[at + 1] & 0xff) + (rgb[at + 2] & 0xff);
    }

    /** Mean absolute difference of all bytes, levels. */
    public static double difference(RgbImage one, RgbImage other) {
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
        }
        return (double) sum / one.rgb().length;
    }

    private static Jpeg write(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Jpeg.adopt(bytes.toByteArray());
    }
}
