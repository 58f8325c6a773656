package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.IdentifiedFace;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One frame of the sheet: its picture with the faces marked, under it camera, time and outcome. */
final class TilePainter {
    static final double CAPTION_HEIGHT = 48;

    private static final TextStyle CAMERA = TextStyle.bold(23);
    private static final TextStyle TIME = TextStyle.regular(23);
    private static final TextStyle CHIP = TextStyle.medium(20);
    private static final TextStyle MISSING = TextStyle.regular(22);
    private static final double CORNER = 12;

    private final Canvas canvas;
    private final SheetOptions.Faces faces;

    TilePainter(Canvas canvas, SheetOptions.Faces faces) {
        this.canvas = canvas;
        this.faces = faces;
    }

    /** Draws the picture into {@code area}, whole, and the caption below it. */
    void paint(SampledFrame frame, Rectangle2D area) {
        var before = canvas.graphics().getClip();
        canvas.graphics().clip(Canvas.rounded(area, CORNER));
        canvas.fill(area, Theme.PANEL);
        Optional<BufferedImage> picture = decode(frame.picture());
        if (picture.isPresent()) {
            picture(frame, picture.get(), area);
        } else {
            canvas.text(MISSING, Theme.MUTED, "picture not readable", area.getX() + 20, area.getCenterY());
        }
        canvas.graphics().setClip(before);
        caption(frame, area);
    }

    private void picture(SampledFrame frame, BufferedImage taken, Rectangle2D area) {
        List<IdentifiedFace> found = frame.identities().faces();
        BufferedImage picture = faces == SheetOptions.Faces.BLURRED ? hidden(taken, found) : taken;
        double scale = Math.min(area.getWidth() / picture.getWidth(), area.getHeight() / picture.getHeight());
        AffineTransform placed = AffineTransform.getTranslateInstance(
                area.getCenterX() - scale * picture.getWidth() / 2,
                area.getCenterY() - scale * picture.getHeight() / 2);
        placed.scale(scale, scale);
        canvas.graphics().drawImage(picture, placed, null);
        FacePainter painter = new FacePainter(canvas, area);
        found.forEach(face -> painter.mark(face, placed));
        found.forEach(face -> painter.label(face, placed));
    }

    private static BufferedImage hidden(BufferedImage picture, List<IdentifiedFace> found) {
        BufferedImage hidden = FaceHider.softened(picture);
        found.forEach(face -> FaceHider.hide(hidden, box(face)));
        return hidden;
    }

    private void caption(SampledFrame frame, Rectangle2D area) {
        double baseline = area.getMaxY() + 32;
        Outcome outcome = Outcome.ofWireName(frame.identities().outcome());
        String word = SheetText.outcome(outcome);
        double chip = canvas.width(CHIP, word) + 24;
        double room = area.getWidth() - chip - 130;
        String camera = canvas.lettering().cut(CAMERA, frame.identities().camera(), room);
        double x = area.getX() + 2;
        x += canvas.text(CAMERA, Theme.TEXT, camera, x, baseline) + 14;
        canvas.text(TIME, Theme.MUTED, SheetText.second(frame.second()), x, baseline);
        Rectangle2D pill = Canvas.area(area.getMaxX() - chip, area.getMaxY() + 9, chip, 32);
        canvas.fill(Canvas.rounded(pill, 16), Theme.faded(Theme.of(outcome), 46));
        canvas.text(CHIP, chipInk(outcome), word, pill.getX() + 12, pill.getY() + 23);
    }

    private static java.awt.Color chipInk(Outcome outcome) {
        return outcome == Outcome.NO_FACE ? Theme.MUTED : Theme.of(outcome);
    }

    private static Rectangle2D box(IdentifiedFace face) {
        List<Float> box = face.box();
        return Canvas.area(box.get(0), box.get(1), box.get(2) - box.get(0), box.get(3) - box.get(1));
    }

    /** Empty for what ImageIO cannot read. The stream is memory alone, and ImageIO closes it. */
    private static Optional<BufferedImage> decode(Jpeg picture) {
        try {
            return Optional.ofNullable(
                    ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.bytes()))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
