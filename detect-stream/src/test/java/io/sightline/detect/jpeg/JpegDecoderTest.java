package io.sightline.detect.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Reason;
import io.sightline.detect.Pictures;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.streams.UnprocessableFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JpegDecoderTest {
    private final JpegDecoder decoder = new JpegDecoder(JpegDecoder.DEFAULT_MAX_PIXELS);

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void picturesLookAsJavasDecoderSeesThem() {
        int[][] sizes = {{640, 360}, {641, 359}, {17, 33}, {1, 1}, {2, 1}, {1, 200}};
        for (int[] size : sizes) {
            Jpeg jpeg = Pictures.jpeg(Pictures.smooth(size[0], size[1]));

            RgbImage decoded = decoder.decode(jpeg);

            assertThat(decoded.widthPx()).isEqualTo(size[0]);
            assertThat(decoded.heightPx()).isEqualTo(size[1]);
            assertThat(Pictures.difference(decoded, Pictures.decoded(jpeg)))
                    .as("%sx%s", size[0], size[1])
                    .isLessThan(3);
        }
    }

    @Test
    void blackAndWhiteUseTheFullRange() {
        assertThat(decoder.decode(Pictures.jpeg(Pictures.flat(64, 48, 0xffffff)))
                        .rgb()[100])
                .isEqualTo((byte) 255);
        assertThat(decoder.decode(Pictures.jpeg(Pictures.flat(64, 48, 0))).rgb()[100])
                .isEqualTo((byte) 0);
    }

    @Test
    void greyPictureBecomesGreyRgb() {
        RgbImage decoded = decoder.decode(Pictures.greyJpeg(50, 30, 77));

        assertThat(Pictures.difference(decoded, Pictures.flat(50, 30, 0x4d4d4d)))
                .isLessThan(1.1);
    }

    @Test
    void fullColourPictureIsDecoded() {
        RgbImage picture = Pictures.smooth(90, 60);

        RgbImage decoded = decoder.decode(new JpegEncoder(2).encode(picture));

        assertThat(Pictures.difference(decoded, picture)).isLessThan(2);
    }

    @Test
    void pictureCutOffAnywhereIsRefusedAndTheNextOneDecoded() {
        Jpeg whole = Pictures.jpeg(Pictures.smooth(640, 360));
        for (int percent = 1; percent < 95; percent += 6) {
            Jpeg cut = Jpeg.adopt(Arrays.copyOf(whole.bytes(), whole.sizeBytes() * percent / 100));

            assertThatThrownBy(() -> decoder.decode(cut))
                    .as("%s %%", percent)
                    .isInstanceOf(UnprocessableFrameException.class)
                    .hasMessageContaining("the picture of " + cut.sizeBytes() + " bytes is no whole JPEG")
                    .extracting(e -> ((UnprocessableFrameException) e).reason())
                    .isEqualTo(Reason.UNDECODABLE);
            assertThat(decoder.decode(whole).widthPx()).isEqualTo(640);
        }
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> decoder.decode(Jpeg.none()))
                .isInstanceOf(UnprocessableFrameException.class)
                .hasMessage("the picture has 0 bytes");
    }

    @Test
    void textIsRefused() {
        Jpeg text = Jpeg.adopt("<html>401 Unauthorized</html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> decoder.decode(text))
                .isInstanceOf(UnprocessableFrameException.class)
                .hasMessageContaining("is no whole JPEG");
    }

    @Test
    void pictureOverTheLimitIsRefusedBeforeItIsDecoded() {
        Jpeg huge = Pictures.greyJpeg(8000, 6000, 128);

        assertThatThrownBy(() -> decoder.decode(huge))
                .isInstanceOf(UnprocessableFrameException.class)
                .hasMessage(
                        "the picture of 8000x6000 is over the limit of 9437184 pixels: lower the camera's max-width-px"
                                + " or raise detect.max-pixels")
                .extracting(e -> ((UnprocessableFrameException) e).reason())
                .isEqualTo(Reason.OVERSIZE);
        assertThat(decoder.decode(Pictures.jpeg(Pictures.smooth(64, 64))).widthPx())
                .isEqualTo(64);
    }

    @Test
    void pictureAtTheLimitIsDecoded() {
        try (JpegDecoder small = new JpegDecoder(64 * 48)) {
            assertThat(small.decode(Pictures.greyJpeg(64, 48, 9)).heightPx()).isEqualTo(48);
            assertThatThrownBy(() -> small.decode(Pictures.greyJpeg(65, 48, 9)))
                    .isInstanceOf(UnprocessableFrameException.class);
        }
    }

    @Test
    void damagedBytesAreRefusedOrDecodedButNeverFatal() {
        Jpeg whole = Pictures.jpeg(Pictures.scene(160, 120, 2));
        Random random = new Random(99);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.bytes().clone();
            for (int i = 0; i <= round % 5; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                decoder.decode(Jpeg.adopt(damaged));
            } catch (UnprocessableFrameException e) {
                assertThat(e.reason()).as("round %s, seed 99", round).isIn(Reason.UNDECODABLE, Reason.OVERSIZE);
            }
        }
        assertThat(decoder.decode(whole).widthPx()).isEqualTo(160);
    }

    @Test
    void nothingNativeIsLeftAfterClosing() {
        long before = Pointer.totalCount();
        Jpeg jpeg = Pictures.jpeg(Pictures.smooth(64, 64));
        for (int i = 0; i < 20; i++) {
            try (JpegDecoder own = new JpegDecoder(10_000)) {
                own.decode(jpeg);
            }
        }

        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
}
