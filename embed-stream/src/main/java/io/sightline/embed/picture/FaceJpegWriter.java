package io.sightline.embed.picture;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes an aligned face for a sighting's picture; the same pixels give the same bytes. */
public final class FaceJpegWriter {
    private static final int EXPECTED_BYTES = 8_192;

    private FaceJpegWriter() {}

    /** A JPEG of {@code quality} 0 (small) to 1 (good). */
    public static Jpeg write(RgbImage face, float quality) {
        ImageWriter writer = JdkJpeg.coder(ImageWriterSpi.class, FaceJpegWriter::writer);
        var bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.write(null, new IIOImage(toBufferedImage(face), null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a JPEG to memory failed", e);
        } finally {
            writer.dispose();
        }
        return Jpeg.adopt(bytes.toByteArray());
    }

    private static BufferedImage toBufferedImage(RgbImage face) {
        var image = new BufferedImage(face.widthPx(), face.heightPx(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = face.rgb();
        for (int to = 0, from = face.offset(0, 0); to < bgr.length; to += 3, from += 3) {
            bgr[to] = rgb[from + 2];
            bgr[to + 1] = rgb[from + 1];
            bgr[to + 2] = rgb[from];
        }
        return image;
    }

    private static ImageWriter writer(ImageWriterSpi provider) {
        try {
            return provider.createWriterInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
