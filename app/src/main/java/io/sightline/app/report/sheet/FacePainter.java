package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.IdentifiedFace;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Marks the faces of one tile: box, landmarks, and a label that covers neither a face nor another label as long as there is room. */
final class FacePainter {
    private static final TextStyle DECIDED = TextStyle.bold(24);
    private static final TextStyle UNDECIDED = TextStyle.medium(19);
    private static final double LABEL_HEIGHT = 34;
    private static final double LABEL_PADDING = 11;
    private static final double GAP = 7;
    private static final double LEAST_LANDMARK = 1.8;
    private static final double LANDMARK_SHARE = 0.022;
    private static final double ROOM_FOR_LANDMARKS = 26;

    private final Canvas canvas;
    private final Rectangle2D tile;
    private final List<Rectangle2D> taken = new ArrayList<>();

    FacePainter(Canvas canvas, Rectangle2D tile) {
        this.canvas = canvas;
        this.tile = tile;
    }

    /** Draws box and landmarks; {@code placed} takes frame pixels to the sheet's. */
    void mark(IdentifiedFace face, AffineTransform placed) {
        Rectangle2D box = box(face, placed);
        taken.add(box);
        Color colour = colour(face);
        stroke(corners(box), Theme.faded(Theme.INK, 150), 7);
        stroke(Canvas.rounded(box, 3), Theme.faded(colour, 120), 1.6f);
        stroke(corners(box), colour, 4);
        if (box.getWidth() >= ROOM_FOR_LANDMARKS) {
            landmarks(face, placed, Math.max(LEAST_LANDMARK, LANDMARK_SHARE * box.getWidth()));
        }
    }

    /** Draws the label; after all faces are marked. A face too poor to decide gets a quieter one than a decision. */
    void label(IdentifiedFace face, AffineTransform placed) {
        boolean isDecided = face.decision().outcome() != Outcome.LOW_QUALITY;
        TextStyle style = isDecided ? DECIDED : UNDECIDED;
        String text = canvas.lettering()
                .cut(style, SheetText.face(face.decision()), tile.getWidth() - 2 * GAP - 2 * LABEL_PADDING);
        double width = canvas.width(style, text) + 2 * LABEL_PADDING;
        Rectangle2D pill = freePlace(box(face, placed), width);
        taken.add(pill);
        canvas.fill(Canvas.rounded(pill, 7), isDecided ? colour(face) : Theme.faded(Theme.INK, 205));
        double baseline = pill.getCenterY() + style.sizePx() * 0.35;
        canvas.text(style, isDecided ? Theme.INK : colour(face), text, pill.getX() + LABEL_PADDING, baseline);
    }

    /** Above the box, below it, then line by line farther up and down; above it where all is taken. */
    private Rectangle2D freePlace(Rectangle2D box, double width) {
        double step = LABEL_HEIGHT + GAP;
        List<Rectangle2D> places = new ArrayList<>();
        for (int line = 0; line < 4; line++) {
            places.add(place(box, width, box.getMinY() - step - line * step));
            places.add(place(box, width, box.getMaxY() + GAP + line * step));
        }
        return places.stream()
                .filter(tile::contains)
                .filter(place -> taken.stream().noneMatch(place::intersects))
                .findFirst()
                .orElseGet(() -> within(places.get(0)));
    }

    private Rectangle2D place(Rectangle2D box, double width, double top) {
        double centred = box.getWidth() < width ? box.getCenterX() - width / 2 : box.getMinX();
        double left = Math.max(tile.getMinX() + GAP, Math.min(centred, tile.getMaxX() - width - GAP));
        return Canvas.area(left, top, width, LABEL_HEIGHT);
    }

    private Rectangle2D within(Rectangle2D place) {
        double top = Math.max(tile.getMinY() + GAP, Math.min(place.getMinY(), tile.getMaxY() - LABEL_HEIGHT - GAP));
        return Canvas.area(place.getX(), top, place.getWidth(), LABEL_HEIGHT);
    }

    private void landmarks(IdentifiedFace face, AffineTransform placed, double radius) {
        List<Float> xy = face.landmarks();
        for (int i = 0; i + 1 < xy.size(); i += 2) {
            Point2D point = placed.transform(new Point2D.Double(xy.get(i), xy.get(i + 1)), null);
            double outer = radius + 1.2;
            canvas.fill(dot(point, outer), Theme.faded(Theme.INK, 170));
            canvas.fill(dot(point, radius), Color.WHITE);
        }
    }

    private void stroke(java.awt.Shape shape, Color colour, float width) {
        canvas.graphics().setColor(colour);
        canvas.graphics().setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.graphics().draw(shape);
    }

    private static Path2D corners(Rectangle2D box) {
        double arm = Math.max(5, Math.min(box.getWidth(), box.getHeight()) * 0.22);
        Path2D.Double path = new Path2D.Double();
        for (int corner = 0; corner < 4; corner++) {
            boolean isLeft = corner % 2 == 0;
            boolean isTop = corner < 2;
            double x = isLeft ? box.getMinX() : box.getMaxX();
            double y = isTop ? box.getMinY() : box.getMaxY();
            path.moveTo(x + (isLeft ? arm : -arm), y);
            path.lineTo(x, y);
            path.lineTo(x, y + (isTop ? arm : -arm));
        }
        return path;
    }

    private static Ellipse2D dot(Point2D centre, double radius) {
        return new Ellipse2D.Double(centre.getX() - radius, centre.getY() - radius, 2 * radius, 2 * radius);
    }

    private static Rectangle2D box(IdentifiedFace face, AffineTransform placed) {
        List<Float> box = face.box();
        Rectangle2D inFrame = Canvas.area(box.get(0), box.get(1), box.get(2) - box.get(0), box.get(3) - box.get(1));
        return placed.createTransformedShape(inFrame).getBounds2D();
    }

    private static Color colour(IdentifiedFace face) {
        return Theme.of(face.decision().outcome());
    }
}
