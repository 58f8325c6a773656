package io.sightline.embed.picture;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a face's crop. */
public final class CropReader {
    /** The largest crop that is decoded, pixels: far above what a detector cuts out, far below what fills a heap. */
    public static final int MAX_PIXELS = 16_777_216;

    private CropReader() {}

    /** Throws {@link UnreadableCropException} for anything but a whole JPEG of at most {@link #MAX_PIXELS}. */
    public static RgbImage read(Jpeg crop) throws UnreadableCropException {
        if (crop.isEmpty()) {
            throw new UnreadableCropException("a crop of 0 bytes", null);
        }
        ImageReader reader = JdkJpeg.coder(ImageReaderSpi.class, CropReader::reader);
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(crop.bytes()))) {
            reader.setInput(input, true, true);
            return read(reader, crop);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableCropException("a crop of " + crop.sizeBytes() + " bytes: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private static RgbImage read(ImageReader reader, Jpeg crop) throws IOException, UnreadableCropException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw new UnreadableCropException(
                    "a crop of " + width + "x" + height + " pixels (at most " + MAX_PIXELS + " in all)", null);
        }
        AtomicBoolean damaged = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> damaged.set(true));
        RgbImage picture = toRgb(reader.read(0));
        if (damaged.get()) {
            throw new UnreadableCropException("a crop of " + crop.sizeBytes() + " bytes is cut off or damaged", null);
        }
        return picture;
    }

    /** Takes the decoder's bytes as they are where it leaves blue, green, red or grey rows; any other form goes pixel by pixel. */
    private static RgbImage toRgb(BufferedImage decoded) {
        int width = decoded.getWidth();
        int height = decoded.getHeight();
        byte[] rgb = new byte[width * height * 3];
        if (decoded.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            byte[] bgr = ((DataBufferByte) decoded.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < rgb.length; i += 3) {
                rgb[i] = bgr[i + 2];
                rgb[i + 1] = bgr[i + 1];
                rgb[i + 2] = bgr[i];
            }
        } else if (decoded.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            byte[] grey = ((DataBufferByte) decoded.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = grey[i / 3];
            }
        } else {
            int[] pixels = decoded.getRGB(0, 0, width, height, null, 0, width);
            for (int i = 0; i < pixels.length; i++) {
                rgb[3 * i] = (byte) (pixels[i] >> 16);
                rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
                rgb[3 * i + 2] = (byte) pixels[i];
            }
        }
        return RgbImage.adopt(width, height, rgb);
    }

    private static ImageReader reader(ImageReaderSpi provider) {
        try {
            return provider.createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
