package io.sightline.detect.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.detect.Pictures;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JpegSizeTest {

    @Test
    void sizeIsReadFromTheFrameHeader() {
        assertThat(JpegSize.read(Pictures.greyJpeg(800, 601, 3).bytes())).contains(new JpegSize(800, 601));
        assertThat(JpegSize.read(
                        new JpegEncoder(5).encode(Pictures.smooth(40, 30)).bytes()))
                .contains(new JpegSize(40, 30));
    }

    @Test
    void fillBytesAndOtherSegmentsAreSkipped() {
        // SOI, APP0 of 4 bytes, two fill bytes, DHT of 3, progressive frame header: 0x1770 rows of 0x1f40 columns
        byte[] bytes =
                HexFormat.of().parseHex("ffd8" + "ffe00004aabb" + "ffff" + "ffc4000300" + "ffc2000b0817701f4001011100");

        assertThat(JpegSize.read(bytes)).contains(new JpegSize(8000, 6000));
    }

    @Test
    void whatIsCutOffOrNoJpegHasNoSize() {
        byte[] whole = Pictures.greyJpeg(80, 60, 3).bytes();
        for (int length = 0; length < 100; length++) {
            JpegSize.read(Arrays.copyOf(whole, length));
        }
        assertThat(JpegSize.read(Arrays.copyOf(whole, 20))).isEmpty();
        assertThat(JpegSize.read(new byte[100])).isEmpty();
        assertThat(JpegSize.read(new byte[0])).isEmpty();
    }
}
