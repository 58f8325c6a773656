package io.sightline.app.enrol;

import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads people's own photos: JPEG (also progressive, grey, CMYK), PNG (also with transparency, which becomes white) and WebP, upright by
 * their EXIF orientation. Sizes are checked before anything is decoded; a photo far larger than a face needs is decoded at a whole
 * fraction of its size. Any thread; keeps nothing.
 */
public final class PhotoReader {
    /** The largest file that is looked at. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** A photo of more pixels than this is decoded at a half, a third, … of its width and height. */
    static final long FULL_SIZE_PIXELS = 12_000_000;

    private PhotoReader() {}

    /** The photo, upright. Throws {@link UnreadablePhotoException} for whatever is no whole photo within the limits. */
    public static RgbImage read(byte[] file) throws UnreadablePhotoException {
        if (file.length == 0) {
            throw new UnreadablePhotoException("the file is empty");
        }
        if (file.length > MAX_BYTES) {
            throw new UnreadablePhotoException("the file has " + file.length + " bytes, at most " + MAX_BYTES
                    + " are read: save the photo smaller");
        }
        PhotoFormat format = PhotoFormat.of(file)
                .orElseThrow(
                        () -> new UnreadablePhotoException("the file is no JPEG, PNG or WebP picture: convert it"));
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = coder(format);
            try {
                reader.setInput(input, false, true);
                return Orientation.of(file).upright(decode(reader, format));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new UnreadablePhotoException(
                    "the " + format + " picture is damaged (" + oneLine(e) + "): export it again", e);
        }
    }

    private static RgbImage decode(ImageReader reader, PhotoFormat format)
            throws IOException, UnreadablePhotoException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (pixels > format.maxPixels()) {
            throw new UnreadablePhotoException("the picture has " + width + "x" + height + " pixels, at most "
                    + format.maxPixels() / 1_000_000 + " million are read: save it smaller");
        }
        List<String> cutOff = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (tellsOfMissingData(warning)) {
                cutOff.add(warning);
            }
        });
        ImageReadParam how = reader.getDefaultReadParam();
        int step = step(pixels);
        how.setSourceSubsampling(step, step, 0, 0);
        BufferedImage decoded = reader.read(0, how);
        if (!cutOff.isEmpty()) {
            throw new UnreadablePhotoException(
                    "the picture is cut off (" + cutOff.get(0) + "): copy or export it again");
        }
        return PhotoPixels.toRgb(decoded);
    }

    /** Every how manieth pixel is decoded, across and down. */
    static int step(long pixels) {
        int step = 1;
        while (pixels / ((long) step * step) > FULL_SIZE_PIXELS) {
            step++;
        }
        return step;
    }

    /** libjpeg goes on with grey where data ends too early, and only warns; other warnings are about harmless oddities. */
    private static boolean tellsOfMissingData(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("premature end") || text.contains("truncated") || text.contains("unexpected end");
    }

    /** The coder of another provider than the JDK comes first: for JPEG it reads CMYK, which the JDK's does not. */
    private static ImageReader coder(PhotoFormat format) {
        ImageReader chosen = null;
        for (Iterator<ImageReader> coders = ImageIO.getImageReadersByFormatName(format.coder()); coders.hasNext(); ) {
            ImageReader coder = coders.next();
            if (chosen == null || chosen.getClass().getModule().isNamed()) {
                chosen = coder;
            }
        }
        if (chosen == null) {
            throw new IllegalStateException("no coder for " + format + " is on the class path: reinstall Sightline");
        }
        return chosen;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s+", " ");
    }
}
