package io.sightline.app.enrol;

import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Photo files of every kind, made in code, all with the same picture: red, green over blue, white quadrants. */
final class PhotoFiles {
    static final int WIDTH_PX = 32;
    static final int HEIGHT_PX = 24;
    static final int RED = 0xff0000;
    static final int GREEN = 0x00ff00;
    static final int BLUE = 0x0000ff;
    static final int WHITE = 0xffffff;

    private PhotoFiles() {}

    static byte[] jpeg() {
        return jpeg(quadrants(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_3BYTE_BGR), false);
    }

    static byte[] progressiveJpeg() {
        return jpeg(quadrants(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_3BYTE_BGR), true);
    }

    static byte[] jpeg(int widthPx, int heightPx) {
        return jpeg(quadrants(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR), false);
    }

    /** Grey levels 60 on the left, 200 on the right, without conversion. */
    static byte[] greyJpeg() {
        var grey = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_BYTE_GRAY);
        fill(grey.getRaster(), 0, 60, 200);
        return jpeg(grey, false);
    }

    /** As Photoshop writes it, with Adobe's marker and levels upside down: full cyan ink alone on the left, no ink on the right. */
    static byte[] cmykJpeg() {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH_PX, HEIGHT_PX, 4, null);
        fill(raster, 0, 0, 255);
        for (int ink = 1; ink < 4; ink++) {
            fill(raster, ink, 255, 255);
        }
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = jdkWriter("jpeg");
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return inserted(bytes.toByteArray(), adobe);
    }

    static byte[] png(int bufferedImageType) {
        return written(quadrants(WIDTH_PX, HEIGHT_PX, bufferedImageType), "png");
    }

    /** Left quarter opaque, the rest transparent over black. */
    static byte[] transparentPng() {
        var image = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < HEIGHT_PX; y++) {
            for (int x = 0; x < WIDTH_PX / 4; x++) {
                image.setRGB(x, y, 0xff000000 | RED);
            }
        }
        return written(image, "png");
    }

    static byte[] grey16Png() {
        var grey = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_USHORT_GRAY);
        fill(grey.getRaster(), 0, 60 * 257, 200 * 257);
        return written(grey, "png");
    }

    static byte[] palettePng() {
        byte[] reds = {(byte) 255, 0, 0, (byte) 255};
        byte[] greens = {0, (byte) 255, 0, (byte) 255};
        byte[] blues = {0, 0, (byte) 255, (byte) 255};
        var image = new BufferedImage(
                WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(2, 4, reds, greens, blues));
        paint(image);
        return written(image, "png");
    }

    static byte[] gif() {
        return written(quadrants(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_INT_RGB), "gif");
    }

    /** {@code lossless} or {@code lossy}: no Java library writes WebP. */
    static byte[] webp(String kind) {
        try (InputStream in = PhotoFiles.class.getResourceAsStream("/enrol/quadrants-" + kind + ".webp")) {
            if (in == null) {
                throw new IllegalArgumentException("no test picture " + kind);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JPEG with an EXIF block that tells how the camera was held. */
    static byte[] oriented(byte[] jpeg, int tag) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0, // APP1 of 34 bytes
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8, // big endian, first directory at 8
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) tag,
            0,
            0,
            0,
            0,
            0,
            0 // one entry: tag 274, short, 1 value
        };
        return inserted(jpeg, exif);
    }

    /** The JPEG with another size in its frame header. */
    static byte[] claiming(byte[] jpeg, int widthPx, int heightPx) {
        byte[] claimed = jpeg.clone();
        for (int i = 0; i < claimed.length - 9; i++) {
            if ((claimed[i] & 0xff) == 0xff && (claimed[i + 1] & 0xff) == 0xc0) {
                claimed[i + 5] = (byte) (heightPx >> 8);
                claimed[i + 6] = (byte) heightPx;
                claimed[i + 7] = (byte) (widthPx >> 8);
                claimed[i + 8] = (byte) widthPx;
                return claimed;
            }
        }
        throw new IllegalArgumentException("no frame header");
    }

    /** The JPEG with a segment right after its first marker. */
    private static byte[] inserted(byte[] jpeg, byte[] segment) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(segment);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    /** Red, green, blue of a pixel. */
    static int rgbAt(RgbImage picture, int x, int y) {
        int at = picture.offset(x, y);
        byte[] rgb = picture.rgb();
        return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
    }

    private static BufferedImage quadrants(int widthPx, int heightPx, int type) {
        var image = new BufferedImage(widthPx, heightPx, type);
        paint(image);
        return image;
    }

    private static void paint(BufferedImage image) {
        int[] colours = {RED, GREEN, BLUE, WHITE};
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int quadrant = (x < image.getWidth() / 2 ? 0 : 1) + (y < image.getHeight() / 2 ? 0 : 2);
                image.setRGB(x, y, 0xff000000 | colours[quadrant]);
            }
        }
    }

    private static void fill(WritableRaster raster, int band, int left, int right) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                raster.setSample(x, y, band, x < raster.getWidth() / 2 ? left : right);
            }
        }
    }

    private static byte[] jpeg(BufferedImage image, boolean isProgressive) {
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = jdkWriter("jpeg");
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(isProgressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(0.98f);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] written(BufferedImage image, String format) {
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = jdkWriter(format);
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter jdkWriter(String format) {
        for (Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format); writers.hasNext(); ) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getModule().isNamed()) {
                return writer;
            }
        }
        throw new IllegalStateException("no writer for " + format);
    }
}
