package io.sightline.detect.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.detect.Pictures;
import io.sightline.inference.RgbImage;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    private final JpegEncoder encoder = new JpegEncoder(2);

    @Test
    void javasDecoderReadsTheColoursThatWereWritten() {
        int[][] sizes = {{192, 192}, {256, 131}, {33, 17}, {8, 8}, {1, 1}};
        for (int[] size : sizes) {
            RgbImage picture = Pictures.smooth(size[0], size[1]);

            RgbImage read = Pictures.decoded(encoder.encode(picture));

            assertThat(read.widthPx()).isEqualTo(size[0]);
            assertThat(read.heightPx()).isEqualTo(size[1]);
            assertThat(Pictures.difference(read, picture))
                    .as("%sx%s", size[0], size[1])
                    .isLessThan(1.5);
        }
    }

    @Test
    void pureColoursKeepTheirRange() {
        for (int colour : new int[] {0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x808080}) {
            RgbImage read = Pictures.decoded(encoder.encode(Pictures.flat(32, 32, colour)));

            assertThat(Pictures.difference(read, Pictures.flat(32, 32, colour)))
                    .as("%06x", colour)
                    .isLessThan(2);
        }
    }

    /** 4:4:4: a stripe one pixel wide keeps its colour. */
    @Test
    void colourIsAsSharpAsBrightness() {
        RgbImage stripes = Pictures.picture(64, 64, (x, y) -> x % 2 == 0 ? 0xc03030 : 0x3030c0);

        RgbImage read = Pictures.decoded(encoder.encode(stripes));

        assertThat(Pictures.difference(read, stripes)).isLessThan(8);
    }

    @Test
    void samePictureGivesTheSameBytes() {
        Jpeg once = encoder.encode(Pictures.noise(120, 90, 5));
        encoder.encode(Pictures.smooth(64, 64));

        assertThat(encoder.encode(Pictures.noise(120, 90, 5))).isEqualTo(once);
    }

    @Test
    void qualityOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new JpegEncoder(0)).hasMessage("JPEG quantiser scale 0 is not within 1 and 31");
    }
}
