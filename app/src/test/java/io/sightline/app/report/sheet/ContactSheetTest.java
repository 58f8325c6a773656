package io.sightline.app.report.sheet;

import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.face;
import static io.sightline.app.report.RunFixtures.frame;
import static io.sightline.app.report.RunFixtures.known;
import static io.sightline.app.report.RunFixtures.poor;
import static io.sightline.app.report.RunFixtures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.report.CameraReport;
import io.sightline.app.report.Report;
import io.sightline.app.report.RunFixtures;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    private static final SheetOptions OPTIONS = SheetOptions.defaults();

    @TempDir
    private Path folder;

    @Test
    void facesAreMarkedInTheColourOfTheirDecision() throws IOException {
        BufferedImage named = draw(OPTIONS, sample(jpeg(480, 270), face(known("Ada", 0.7))));
        BufferedImage strange = draw(OPTIONS, sample(jpeg(480, 270), face(unknown(0.1))));
        BufferedImage turned = draw(OPTIONS, sample(jpeg(480, 270), face(poor("pose"))));

        assertThat(pixels(named, Theme.of(Outcome.IDENTIFIED)))
                .isGreaterThan(pixels(strange, Theme.of(Outcome.IDENTIFIED)) + 1_000);
        assertThat(pixels(strange, Theme.of(Outcome.UNKNOWN)))
                .isGreaterThan(pixels(named, Theme.of(Outcome.UNKNOWN)) + 1_000);
        assertThat(pixels(turned, Theme.of(Outcome.LOW_QUALITY)))
                .isGreaterThan(pixels(named, Theme.of(Outcome.LOW_QUALITY)) + 100);
    }

    @Test
    void sheetIsTheSameEachTimeItIsDrawn() throws IOException {
        SampledFrame frame = sample(jpeg(480, 270), face(known("Ada", 0.7)));

        assertThat(fingerprint(draw(OPTIONS, frame))).isEqualTo(fingerprint(draw(OPTIONS, frame)));
    }

    @Test
    void hiddenFacesChangeThePicture() throws IOException {
        SampledFrame frame = sample(jpeg(480, 270), face(known("Ada", 0.7)));

        assertThat(fingerprint(draw(OPTIONS.withFaces(SheetOptions.Faces.BLURRED), frame)))
                .isNotEqualTo(fingerprint(draw(OPTIONS, frame)));
    }

    @Test
    void runWithoutFramesOrSightingsStillGivesASheet() {
        Report nothing = new Report(
                Map.of(LOBBY, new CameraReport(0, Map.of(), 0)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                RunFixtures.report().models());

        BufferedImage sheet =
                ContactSheet.draw(new SheetFacts("Sightline", Duration.ofSeconds(3), nothing), List.of(), OPTIONS);

        assertThat(sheet.getHeight()).isBetween(200, 400);
    }

    @Test
    void oddPicturesAndFacesAreDrawnAllTheSame() throws IOException {
        List<IdentifiedFace> crowd = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            float left = i % 10 * 48f;
            int row = i / 10;
            float top = row * 45f;
            crowd.add(face(unknown(0.1), left, top, left + 20, top + 25));
        }
        IdentifiedFace beyond = face(known("Zoë 张伟 🙂 ".repeat(30), 0.7), -200, -200, 900, 900);

        BufferedImage sheet = draw(
                OPTIONS,
                sample(jpeg(1, 1), face(known("Ada", 0.7))),
                sample(jpeg(90, 1_600), beyond),
                sample(Jpeg.adopt(new byte[] {1, 2, 3}), face(known("Ada", 0.7))),
                sample(Jpeg.none()),
                sample(jpeg(480, 270), crowd.toArray(IdentifiedFace[]::new)));

        assertThat(sheet.getWidth()).isEqualTo(1_920);
    }

    @Test
    void framesBeyondTheGridAreLeftOut() throws IOException {
        SampledFrame frame = sample(jpeg(48, 27));
        SampledFrame[] many = Stream.generate(() -> frame).limit(40).toArray(SampledFrame[]::new);
        SampledFrame[] sixteen = Stream.generate(() -> frame).limit(16).toArray(SampledFrame[]::new);

        assertThat(draw(OPTIONS, many).getHeight())
                .isEqualTo(draw(OPTIONS, sixteen).getHeight());
    }

    @Test
    void pngIsWrittenWhole() throws IOException {
        Path file = folder.resolve("out").resolve("sheet.png");
        SheetFacts facts = new SheetFacts("Sightline", Duration.ofSeconds(3), RunFixtures.report());

        ContactSheet.write(file, facts, List.of(sample(jpeg(480, 270))), OPTIONS);

        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1_920);
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void nameOfTheFileChoosesJpeg() throws IOException {
        Path file = folder.resolve("sheet.JPG");
        SheetFacts facts = new SheetFacts("Sightline", Duration.ofSeconds(3), RunFixtures.report());

        ContactSheet.write(file, facts, List.of(sample(jpeg(480, 270))), OPTIONS);

        assertThat(Files.readAllBytes(file)).startsWith(0xFF, 0xD8);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1_920);
    }

    @Test
    void sheetWithHiddenFacesLeavesOutFramesWhereNoneWasFound() throws IOException {
        SheetOptions hiding = OPTIONS.withFaces(SheetOptions.Faces.BLURRED);

        assertThat(draw(hiding, sample(jpeg(480, 270))).getHeight())
                .isEqualTo(draw(hiding).getHeight());
    }

    @Test
    void gridOfNoSizeIsRefused() {
        assertThatThrownBy(() -> new SheetOptions(0, 4, SheetOptions.Faces.SHOWN))
                .hasMessageContaining("contact sheet of 0 by 4 frames");
    }

    private static BufferedImage draw(SheetOptions options, SampledFrame... frames) {
        return ContactSheet.draw(
                new SheetFacts("Sightline test", Duration.ofSeconds(45), RunFixtures.report()),
                List.of(frames),
                options);
    }

    private static SampledFrame sample(Jpeg picture, IdentifiedFace... faces) {
        Identities like = frame(
                LOBBY,
                0,
                java.util.Arrays.stream(faces)
                        .map(IdentifiedFace::decision)
                        .toArray(io.sightline.contracts.identity.Decision[]::new));
        return new SampledFrame(
                new Identities(
                        like.camera(),
                        like.epoch(),
                        like.seq(),
                        1,
                        0,
                        "file",
                        0,
                        0,
                        0,
                        0,
                        0,
                        480,
                        270,
                        like.outcome(),
                        like.reason(),
                        List.of(faces)),
                picture,
                12.3);
    }

    private static Jpeg jpeg(int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(0x203040));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(new Color(0xC0A090));
        graphics.fillOval(width / 4, height / 4, width / 8 + 1, height / 3 + 1);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", bytes);
        return Jpeg.adopt(bytes.toByteArray());
    }

    private static long pixels(BufferedImage sheet, Color colour) {
        long count = 0;
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                count += (sheet.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF) ? 1 : 0;
            }
        }
        return count;
    }

    private static int fingerprint(BufferedImage sheet) {
        return java.util.Arrays.hashCode(
                sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth()));
    }
}
