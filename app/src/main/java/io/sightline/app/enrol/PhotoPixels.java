package io.sightline.app.enrol;

import io.sightline.inference.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Decoded pictures of any colour model to red, green, blue; what is transparent becomes white. */
final class PhotoPixels {
    private PhotoPixels() {}

    static RgbImage toRgb(BufferedImage decoded) {
        return isGrey(decoded.getColorModel()) ? fromGrey(decoded) : fromColour(decoded);
    }

    private static boolean isGrey(ColorModel model) {
        return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(model instanceof IndexColorModel);
    }

    /** Levels as they are: Java's grey colour space is linear, and converting from it would brighten the picture. */
    private static RgbImage fromGrey(BufferedImage decoded) {
        Raster raster = decoded.getRaster();
        int width = decoded.getWidth();
        int height = decoded.getHeight();
        double full = (1L << decoded.getColorModel().getComponentSize(0)) - 1.0;
        boolean hasAlpha = raster.getNumBands() > 1;
        byte[] rgb = new byte[width * height * RgbImage.CHANNELS];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double level = raster.getSample(x, y, 0) / full;
                double alpha = hasAlpha ? raster.getSample(x, y, 1) / full : 1;
                byte grey = (byte) Math.round(255 * (level * alpha + 1 - alpha));
                rgb[at++] = grey;
                rgb[at++] = grey;
                rgb[at++] = grey;
            }
        }
        return RgbImage.adopt(width, height, rgb);
    }

    private static RgbImage fromColour(BufferedImage decoded) {
        BufferedImage opaque = decoded.getType() == BufferedImage.TYPE_3BYTE_BGR ? decoded : onWhite(decoded);
        byte[] bgr = ((DataBufferByte) opaque.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[bgr.length];
        for (int i = 0; i < rgb.length; i += RgbImage.CHANNELS) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
        return RgbImage.adopt(opaque.getWidth(), opaque.getHeight(), rgb);
    }

    private static BufferedImage onWhite(BufferedImage decoded) {
        var opaque = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = opaque.createGraphics();
        try {
            canvas.setColor(Color.WHITE);
            canvas.fillRect(0, 0, opaque.getWidth(), opaque.getHeight());
            canvas.drawImage(decoded, 0, 0, null);
        } finally {
            canvas.dispose();
        }
        return opaque;
    }
}
