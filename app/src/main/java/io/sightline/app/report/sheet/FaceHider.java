package io.sightline.app.report.sheet;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * Makes faces unrecognisable: head and hair become an ellipse of a few flat cells. What was there cannot be computed back, since only
 * {@value #CELLS} by {@value #CELLS} mean colours remain.
 */
final class FaceHider {
    private static final int CELLS = 5;
    /** The ellipse is this much wider and higher than the face's box. */
    private static final double GROWTH = 1.6;

    /** What is left of a picture's resolution when it is softened. */
    private static final double KEPT = 1 / 3.0;

    private FaceHider() {}

    /** A copy with a third of the resolution: a small face that was not found cannot be recognised in it either. */
    static BufferedImage softened(BufferedImage picture) {
        BufferedImage small = new BufferedImage(
                Math.max(1, (int) (picture.getWidth() * KEPT)),
                Math.max(1, (int) (picture.getHeight() * KEPT)),
                BufferedImage.TYPE_INT_RGB);
        drawOnto(small, picture);
        BufferedImage soft = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        drawOnto(soft, small);
        return soft;
    }

    private static void drawOnto(BufferedImage target, BufferedImage source) {
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(source, 0, 0, target.getWidth(), target.getHeight(), null);
        graphics.dispose();
    }

    /** Changes {@code picture} around {@code face}, both in the picture's pixels. */
    static void hide(BufferedImage picture, Rectangle2D face) {
        double width = face.getWidth() * GROWTH;
        double height = face.getHeight() * GROWTH;
        Rectangle2D head =
                new Rectangle2D.Double(face.getCenterX() - width / 2, face.getCenterY() - height / 2, width, height);
        Rectangle inside = head.getBounds().intersection(new Rectangle(picture.getWidth(), picture.getHeight()));
        if (inside.isEmpty()) {
            return;
        }
        BufferedImage cells = cells(picture, inside);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.clip(new Ellipse2D.Double(head.getX(), head.getY(), width, height));
        graphics.drawImage(cells, inside.x, inside.y, inside.width, inside.height, null);
        graphics.dispose();
    }

    /** Mean colours of a grid over the area. */
    private static BufferedImage cells(BufferedImage picture, Rectangle area) {
        BufferedImage cells = new BufferedImage(CELLS, CELLS, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                int left = area.x + area.width * column / CELLS;
                int top = area.y + area.height * row / CELLS;
                int right = Math.max(left + 1, area.x + area.width * (column + 1) / CELLS);
                int bottom = Math.max(top + 1, area.y + area.height * (row + 1) / CELLS);
                cells.setRGB(column, row, mean(picture, new Rectangle(left, top, right - left, bottom - top)));
            }
        }
        return cells;
    }

    private static int mean(BufferedImage picture, Rectangle cell) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = cell.y; y < cell.y + cell.height; y++) {
            for (int x = cell.x; x < cell.x + cell.width; x++) {
                int rgb = picture.getRGB(x, y);
                red += rgb >> 16 & 0xFF;
                green += rgb >> 8 & 0xFF;
                blue += rgb & 0xFF;
            }
        }
        int count = cell.width * cell.height;
        return (int) (red / count) << 16 | (int) (green / count) << 8 | (int) (blue / count);
    }
}
