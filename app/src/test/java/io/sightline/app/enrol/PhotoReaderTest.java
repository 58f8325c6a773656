package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PhotoReaderTest {
    private static final Map<String, byte[]> COLOUR_PHOTOS = new TreeMap<>(Map.of(
            "JPEG", PhotoFiles.jpeg(),
            "progressive JPEG", PhotoFiles.progressiveJpeg(),
            "PNG", PhotoFiles.png(BufferedImage.TYPE_3BYTE_BGR),
            "PNG with an opaque alpha channel", PhotoFiles.png(BufferedImage.TYPE_INT_ARGB),
            "PNG with a palette", PhotoFiles.palettePng(),
            "lossless WebP", PhotoFiles.webp("lossless"),
            "lossy WebP", PhotoFiles.webp("lossy")));

    @TestFactory
    List<DynamicTest> coloursAreInTheirPlaces() {
        return COLOUR_PHOTOS.entrySet().stream()
                .map(photo -> DynamicTest.dynamicTest(photo.getKey(), () -> {
                    RgbImage picture = PhotoReader.read(photo.getValue());

                    assertThat(picture.widthPx()).isEqualTo(PhotoFiles.WIDTH_PX);
                    assertThat(picture.heightPx()).isEqualTo(PhotoFiles.HEIGHT_PX);
                    assertCorners(picture, PhotoFiles.RED, PhotoFiles.GREEN, PhotoFiles.BLUE, PhotoFiles.WHITE);
                }))
                .toList();
    }

    @Test
    void greyPhotosKeepTheirLevels() throws UnreadablePhotoException {
        for (byte[] photo : List.of(PhotoFiles.greyJpeg(), PhotoFiles.grey16Png())) {
            RgbImage picture = PhotoReader.read(photo);

            assertColour(picture, 3, 3, 0x3c3c3c);
            assertColour(picture, 28, 20, 0xc8c8c8);
        }
    }

    @Test
    void cyanInkAloneIsCyanAndNoInkIsWhite() throws UnreadablePhotoException {
        RgbImage picture = PhotoReader.read(PhotoFiles.cmykJpeg());

        int cyan = PhotoFiles.rgbAt(picture, 3, 12);
        assertThat(cyan >> 16).as("red").isLessThan(90);
        assertThat(cyan & 0xff).as("blue").isGreaterThan(150);
        assertColour(picture, 28, 12, PhotoFiles.WHITE);
    }

    @Test
    void transparencyBecomesWhite() throws UnreadablePhotoException {
        RgbImage picture = PhotoReader.read(PhotoFiles.transparentPng());

        assertColour(picture, 2, 2, PhotoFiles.RED);
        assertColour(picture, 20, 12, PhotoFiles.WHITE);
    }

    /** Corners by EXIF's definition: what its orientation calls the picture's top and left must come out there. */
    @TestFactory
    List<DynamicTest> photosAreUprightHoweverTheCameraWasHeld() {
        int r = PhotoFiles.RED;
        int g = PhotoFiles.GREEN;
        int b = PhotoFiles.BLUE;
        int w = PhotoFiles.WHITE;
        int[][] corners = {
            {r, g, b, w},
            {g, r, w, b},
            {w, b, g, r},
            {b, w, r, g},
            {r, b, g, w},
            {b, r, w, g},
            {w, g, b, r},
            {g, w, r, b}
        };
        return java.util.stream.IntStream.rangeClosed(1, 8)
                .mapToObj(tag -> DynamicTest.dynamicTest("orientation " + tag, () -> {
                    RgbImage picture = PhotoReader.read(PhotoFiles.oriented(PhotoFiles.jpeg(), tag));

                    assertThat(picture.widthPx()).isEqualTo(tag < 5 ? PhotoFiles.WIDTH_PX : PhotoFiles.HEIGHT_PX);
                    int[] expected = corners[tag - 1];
                    assertCorners(picture, expected[0], expected[1], expected[2], expected[3]);
                }))
                .toList();
    }

    @Test
    void orientationThatIsNoneIsIgnored() throws UnreadablePhotoException {
        for (int tag : new int[] {0, 9, 255}) {
            RgbImage picture = PhotoReader.read(PhotoFiles.oriented(PhotoFiles.jpeg(), tag));

            assertCorners(picture, PhotoFiles.RED, PhotoFiles.GREEN, PhotoFiles.BLUE, PhotoFiles.WHITE);
        }
    }

    @Test
    void photoOfOnePixelIsAPhoto() throws UnreadablePhotoException {
        assertThat(PhotoReader.read(PhotoFiles.jpeg(1, 1)).widthPx()).isEqualTo(1);
    }

    @Test
    void photoOf48MegapixelsIsReadAtAFractionOfItsSize() throws UnreadablePhotoException {
        RgbImage picture = PhotoReader.read(PhotoFiles.jpeg(8_000, 6_000));

        assertThat(picture.widthPx()).isEqualTo(4_000);
        assertThat(picture.heightPx()).isEqualTo(3_000);
        assertCorners(picture, PhotoFiles.RED, PhotoFiles.GREEN, PhotoFiles.BLUE, PhotoFiles.WHITE);
    }

    @Test
    void sizeBeyondTheLimitIsRefusedBeforeAnythingIsDecoded() {
        assertRefused(
                PhotoFiles.claiming(PhotoFiles.jpeg(), 60_000, 60_000),
                "60000x60000 pixels, at most 64 million are read");
    }

    @Test
    void whatIsNoPhotoIsRefusedWithWhatToDo() {
        assertRefused(new byte[0], "the file is empty");
        assertRefused("hello".getBytes(StandardCharsets.US_ASCII), "no JPEG, PNG or WebP picture: convert it");
        assertRefused(PhotoFiles.gif(), "no JPEG, PNG or WebP picture: convert it");
    }

    @Test
    void cutOffPhotosAreRefused() {
        COLOUR_PHOTOS.forEach((name, photo) -> {
            byte[] half = Arrays.copyOf(photo, photo.length / 2);

            assertThatThrownBy(() -> PhotoReader.read(half)).as(name).isInstanceOf(UnreadablePhotoException.class);
        });
        byte[] large = PhotoFiles.jpeg(640, 480);
        assertRefused(Arrays.copyOf(large, large.length * 2 / 3), "cut off");
    }

    @Test
    void damagedPhotosAreReadOrRefusedAndNothingElse() {
        Random random = new Random(20_261_124);
        int refused = 0;
        for (byte[] photo : COLOUR_PHOTOS.values()) {
            for (int round = 0; round < 150; round++) {
                byte[] damaged = PhotoFiles.oriented(photo, 6).clone();
                for (int flips = 0; flips <= round % 6; flips++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(PhotoReader.read(damaged)).isNotNull();
                } catch (UnreadablePhotoException expected) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void stepIsTheLeastThatFits() {
        assertThat(PhotoReader.step(PhotoReader.FULL_SIZE_PIXELS)).isEqualTo(1);
        assertThat(PhotoReader.step(PhotoReader.FULL_SIZE_PIXELS + 1)).isEqualTo(2);
        assertThat(PhotoReader.step(48_000_000)).isEqualTo(2);
        assertThat(PhotoReader.step(64_000_000)).isEqualTo(3);
    }

    private static void assertRefused(byte[] file, String because) {
        assertThatThrownBy(() -> PhotoReader.read(file))
                .isInstanceOf(UnreadablePhotoException.class)
                .hasMessageContaining(because);
    }

    private static void assertCorners(RgbImage picture, int leftTop, int rightTop, int leftBottom, int rightBottom) {
        int right = picture.widthPx() - 4;
        int bottom = picture.heightPx() - 4;
        assertColour(picture, 3, 3, leftTop);
        assertColour(picture, right, 3, rightTop);
        assertColour(picture, 3, bottom, leftBottom);
        assertColour(picture, right, bottom, rightBottom);
    }

    /** JPEG and lossy WebP miss the exact colour a little. */
    private static void assertColour(RgbImage picture, int x, int y, int expected) {
        int got = PhotoFiles.rgbAt(picture, x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(got >> shift & 0xff)
                    .as("%06x at %d,%d instead of %06x", got, x, y, expected)
                    .isCloseTo(expected >> shift & 0xff, within(14));
        }
    }
}
