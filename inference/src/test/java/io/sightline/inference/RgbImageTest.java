package io.sightline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RgbImageTest {
    @Test
    void adoptsItsArrayWithoutCopy() {
        byte[] rgb = new byte[2 * 3 * RgbImage.CHANNELS];

        RgbImage image = RgbImage.adopt(2, 3, rgb);

        assertThat(image.rgb()).isSameAs(rgb);
        assertThat(image.offset(1, 2)).isEqualTo(15);
        assertThat(image).hasToString("RgbImage[2x3 px]").isEqualTo(RgbImage.adopt(2, 3, new byte[18]));
        assertThat(image).isNotEqualTo(RgbImage.adopt(3, 2, new byte[18])).hasSameHashCodeAs(image);
    }

    @Test
    void refusesAnArrayOfAnotherLength() {
        assertThatThrownBy(() -> RgbImage.adopt(2, 3, new byte[17]))
                .hasMessage("a picture of 2x3 px takes 18 bytes, got 17");
        assertThatThrownBy(() -> RgbImage.adopt(0, 3, new byte[0])).hasMessage("a picture of 0x3 px has no pixel");
        assertThatThrownBy(() -> RgbImage.adopt(46341, 46341, new byte[3]))
                .hasMessageContaining("takes 6442464843 bytes");
    }

    @Test
    void cropIsACopyOfItsPixels() {
        byte[] rgb = new byte[4 * 3 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        RgbImage image = RgbImage.adopt(4, 3, rgb);

        RgbImage crop = image.crop(2, 1, 2, 2);

        assertThat(crop.rgb()).containsExactly(18, 19, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35);
        assertThat(image.crop(0, 0, 4, 3)).isEqualTo(image);
    }

    @Test
    void mirrorImageExchangesLeftAndRightAndLeavesTheOriginal() {
        byte[] rgb = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        RgbImage image = RgbImage.adopt(3, 2, rgb.clone());

        assertThat(image.mirrored())
                .isEqualTo(RgbImage.adopt(
                        3, 2, new byte[] {7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13}));
        assertThat(image.rgb()).containsExactly(rgb);
    }

    @Test
    void cropKeepsWithinThePicture() {
        RgbImage image = RgbImage.adopt(4, 3, new byte[36]);

        assertThatThrownBy(() -> image.crop(3, 0, 2, 1))
                .hasMessage("a crop of 2x1 px at (3, 0) leaves the picture of 4x3 px");
        assertThatThrownBy(() -> image.crop(0, -1, 1, 1)).hasMessageContaining("leaves the picture");
        assertThatThrownBy(() -> image.crop(0, 0, 0, 1)).hasMessage("a picture of 0x1 px has no pixel");
    }
}
