package io.sightline.embed.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.embed.TestPictures;
import io.sightline.inference.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CropReaderTest {
    @Test
    void pictureComesBackWithItsColoursInPlace() throws UnreadableCropException {
        RgbImage picture = TestPictures.picture(64, 48, (x, y, channel) -> new int[] {200, 90, 30}[channel]);

        RgbImage read = CropReader.read(FaceJpegWriter.write(picture, 0.85f));

        assertThat(read.widthPx()).isEqualTo(64);
        assertThat(read.heightPx()).isEqualTo(48);
        int at = read.offset(63, 47);
        assertThat(read.rgb()[at] & 0xff).isCloseTo(200, within(3));
        assertThat(read.rgb()[at + 1] & 0xff).isCloseTo(90, within(3));
        assertThat(read.rgb()[at + 2] & 0xff).isCloseTo(30, within(3));
    }

    @Test
    void samePixelsGiveTheSameBytes() {
        RgbImage picture = TestPictures.blocks(112, 4, 8);

        assertThat(FaceJpegWriter.write(picture, 0.85f)).isEqualTo(FaceJpegWriter.write(picture, 0.85f));
    }

    @Test
    void greyCropKeepsItsLevels() throws UnreadableCropException, IOException {
        var grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 60);
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(grey, "jpeg", bytes);

        RgbImage read = CropReader.read(Jpeg.adopt(bytes.toByteArray()));

        assertThat(read.rgb()).containsOnly(60);
    }

    @Test
    void onePixelIsAPicture() throws UnreadableCropException {
        assertThat(CropReader.read(FaceJpegWriter.write(TestPictures.flat(1, 1, 50), 0.85f))
                        .widthPx())
                .isEqualTo(1);
    }

    @Test
    void zeroBytesTextAndHalfAPictureAreUnreadable() {
        byte[] whole =
                FaceJpegWriter.write(TestPictures.blocks(112, 4, 8), 0.85f).bytes();

        assertUnreadable(new byte[0], "0 bytes");
        assertUnreadable("not a picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "13 bytes");
        assertUnreadable(Arrays.copyOf(whole, whole.length / 2), "cut off");
    }

    @Test
    void hugePictureIsRefusedByItsHeaderBeforeItIsDecoded() {
        byte[] bytes = FaceJpegWriter.write(TestPictures.flat(8, 8, 0), 0.85f).bytes();
        claimSize(bytes, 8_000, 6_000);

        assertUnreadable(bytes, "8000x6000");
    }

    @Test
    void damagedBytesAreAPictureOrUnreadableAndNothingElse() {
        byte[] whole =
                FaceJpegWriter.write(TestPictures.blocks(64, 4, 8), 0.85f).bytes();
        Random random = new Random(4);
        int unreadable = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            for (int flips = 0; flips <= round % 5; flips++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(CropReader.read(Jpeg.adopt(damaged))).isNotNull();
            } catch (UnreadableCropException expected) {
                unreadable++;
            }
        }
        assertThat(unreadable).isPositive();
    }

    private static void assertUnreadable(byte[] bytes, String because) {
        assertThatThrownBy(() -> CropReader.read(Jpeg.adopt(bytes)))
                .isInstanceOf(UnreadableCropException.class)
                .hasMessageContaining(because);
    }

    /** Overwrites height and width in the frame header (SOF0). */
    private static void claimSize(byte[] jpeg, int widthPx, int heightPx) {
        for (int i = 0; i < jpeg.length - 9; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
                jpeg[i + 5] = (byte) (heightPx >> 8);
                jpeg[i + 6] = (byte) heightPx;
                jpeg[i + 7] = (byte) (widthPx >> 8);
                jpeg[i + 8] = (byte) widthPx;
                return;
            }
        }
        throw new IllegalArgumentException("no frame header");
    }
}
