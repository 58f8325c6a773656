package io.sightline.app.report.sheet;

import io.sightline.app.report.ReportedModel;
import io.sightline.app.report.WholeFile;
import io.sightline.app.report.text.PlainText;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * The contact sheet of a run: title bar with figures, sampled frames with boxes, landmarks and names, and a strip chart of who was seen when.
 * 1920 pixels wide for four columns. Needs no display: run with {@code java.awt.headless=true}.
 */
public final class ContactSheet {
    private static final TextStyle FOOTER = TextStyle.regular(20);
    private static final double TILE_WIDTH = 446;
    private static final double TILE_ASPECT = 9.0 / 16;
    private static final double GAP = 20;
    private static final double MARGIN = 38;
    private static final double LEAST_WIDTH = 1_880;
    private static final double FOOTER_HEIGHT = 54;
    private static final float JPEG_QUALITY = 0.9f;

    private final SheetFacts facts;
    private final List<SampledFrame> frames;
    private final SheetOptions options;
    private final Lettering lettering = new Lettering();

    private ContactSheet(SheetFacts facts, List<SampledFrame> frames, SheetOptions options) {
        this.facts = facts;
        this.frames = frames.stream()
                .filter(frame -> mayShow(frame, options.faces()))
                .limit(options.frames())
                .toList();
        this.options = options;
    }

    /**
     * Writes the picture whole or not at all: a PNG, or a JPEG where the file's name ends so:
     * a sixth of the size, for documents.
     */
    public static void write(Path file, SheetFacts facts, List<SampledFrame> frames, SheetOptions options)
            throws IOException {
        BufferedImage sheet = draw(facts, frames, options);
        WholeFile.write(file, part -> encode(sheet, isJpeg(file) ? "jpeg" : "png", part));
    }

    private static boolean isJpeg(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static void encode(BufferedImage sheet, String format, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(JPEG_QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(sheet, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    /** The sheet as a picture; frames beyond the options' grid are left out. */
    public static BufferedImage draw(SheetFacts facts, List<SampledFrame> frames, SheetOptions options) {
        return new ContactSheet(facts, frames, options).draw();
    }

    /** Where faces are to be hidden, a frame in which none was found may show one that was missed. */
    private static boolean mayShow(SampledFrame frame, SheetOptions.Faces faces) {
        return faces == SheetOptions.Faces.SHOWN || !frame.identities().faces().isEmpty();
    }

    private BufferedImage draw() {
        double width = Math.max(LEAST_WIDTH, options.columns() * (TILE_WIDTH + GAP) - GAP + 2 * MARGIN);
        double inner = width - 2 * MARGIN;
        int rows = (frames.size() + options.columns() - 1) / options.columns();
        double grid = rows * rowHeight(inner);
        double timeline = TimelinePainter.height(facts.report());
        double height = MARGIN + HeaderPainter.HEIGHT + grid + (timeline > 0 ? timeline + GAP : 0) + FOOTER_HEIGHT;

        BufferedImage sheet = new BufferedImage((int) width, (int) Math.ceil(height), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            Canvas canvas = new Canvas(graphics, lettering);
            canvas.fill(Canvas.area(0, 0, width, height + 1), Theme.GROUND);
            new HeaderPainter(canvas, facts).paint(Canvas.area(MARGIN, MARGIN, inner, HeaderPainter.HEIGHT));
            double top = MARGIN + HeaderPainter.HEIGHT;
            tiles(canvas, top, inner);
            new TimelinePainter(canvas, facts.report()).paint(Canvas.area(MARGIN, top + grid, inner, timeline));
            String footer = lettering.cut(FOOTER, footer(), inner);
            canvas.text(FOOTER, Theme.MUTED, footer, MARGIN, height - 24);
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private void tiles(Canvas canvas, double top, double inner) {
        TilePainter painter = new TilePainter(canvas, options.faces());
        double width = tileWidth(inner);
        for (int i = 0; i < frames.size(); i++) {
            int row = i / options.columns();
            double x = MARGIN + i % options.columns() * (width + GAP);
            double y = top + row * rowHeight(inner);
            painter.paint(frames.get(i), Canvas.area(x, y, width, width * TILE_ASPECT));
        }
    }

    private double tileWidth(double inner) {
        return (inner + GAP) / options.columns() - GAP;
    }

    private double rowHeight(double inner) {
        return tileWidth(inner) * TILE_ASPECT + TilePainter.CAPTION_HEIGHT + GAP;
    }

    private String footer() {
        ReportedModel detector = facts.report().models().detector();
        ReportedModel embedder = facts.report().models().embedder();
        String landmarker = facts.report()
                .models()
                .landmarker()
                .map(model -> "  ·  landmarks " + PlainText.clean(model.id()))
                .orElse("");
        String text = "detector " + PlainText.clean(detector.id()) + landmarker + "  ·  embedder "
                + PlainText.clean(embedder.id());
        if (embedder.threshold().isPresent() && embedder.margin().isPresent()) {
            text += String.format(
                    Locale.ROOT,
                    "  ·  named from similarity %.2f, %.2f ahead of anybody else",
                    embedder.threshold().getAsDouble(),
                    embedder.margin().getAsDouble());
        }
        return text;
    }
}
