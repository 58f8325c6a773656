package io.sightline.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.TestCapture;
import java.awt.image.BufferedImage;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegEncoderTest {
    private final NativeCount natives = new NativeCount();

    @AfterEach
    void everythingNativeIsClosed() {
        assertThat(natives.open()).isZero();
    }

    @Test
    void videoLevelsBecomeFullRangeLevels() {
        // 16 is black and 235 white in video; JPEG has 0 and 255
        assertThat(greyAfter(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, 16)).isCloseTo(0, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, 235)).isCloseTo(255, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_YUV420P, AVCOL_RANGE_JPEG, 235)).isCloseTo(235, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_YUVJ420P, AVCOL_RANGE_JPEG, 16)).isCloseTo(16, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_YUV422P, AVCOL_RANGE_MPEG, 126)).isCloseTo(128, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_NV12, AVCOL_RANGE_MPEG, 126)).isCloseTo(128, within(2.0));
        assertThat(greyAfter(AV_PIX_FMT_GRAY8, AVCOL_RANGE_JPEG, 77)).isCloseTo(77, within(2.0));
    }

    @ParameterizedTest
    @CsvSource({
        "640,480,320,320,240",
        "640,480,0,640,480",
        "640,480,1000,640,480",
        "1920,1080,640,640,360",
        "2,2,0,2,2",
        "33,17,16,16,8",
        "1,1,0,1,1",
        "8000,6000,640,640,480"
    })
    void pictureIsScaledDownToTheGreatestWidth(int width, int height, int maxWidth, int newWidth, int newHeight) {
        AVFrame frame = frame(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, width, height, 126);
        try (JpegEncoder encoder = new JpegEncoder(maxWidth, natives)) {
            EncodedPicture encoded = encoder.encode(picture(frame), 90);

            BufferedImage image = TestCapture.decode(encoded);
            assertThat(encoded.widthPx()).isEqualTo(newWidth).isEqualTo(image.getWidth());
            assertThat(encoded.heightPx()).isEqualTo(newHeight).isEqualTo(image.getHeight());
        }
        av_frame_free(frame);
    }

    @Test
    void encoderFollowsAPictureSizeThatChanges() {
        try (JpegEncoder encoder = new JpegEncoder(320, natives)) {
            for (int width : new int[] {640, 320, 100, 640}) {
                AVFrame frame = frame(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, width, 96, 126);

                EncodedPicture encoded = encoder.encode(picture(frame), 90);

                assertThat(TestCapture.decode(encoded).getWidth()).isEqualTo(Math.min(320, width));
                av_frame_free(frame);
            }
        }
    }

    @Test
    void lowerQualityIsSmaller() {
        AVFrame frame = noise(640, 480);
        try (JpegEncoder encoder = new JpegEncoder(0, natives)) {
            int fine = encoder.encode(picture(frame), 95).jpeg().sizeBytes();
            int middle = encoder.encode(picture(frame), 60).jpeg().sizeBytes();
            int coarse = encoder.encode(picture(frame), 1).jpeg().sizeBytes();

            assertThat(fine).isGreaterThan(middle);
            assertThat(middle).isGreaterThan(coarse);
        }
        av_frame_free(frame);
    }

    @Test
    void qualityMapsEvenlyOntoTheQuantisersScale() {
        assertThat(JpegEncoder.quantiserScale(100)).isEqualTo(1);
        assertThat(JpegEncoder.quantiserScale(90)).isEqualTo(4);
        assertThat(JpegEncoder.quantiserScale(1)).isEqualTo(31);
        assertThatThrownBy(() -> JpegEncoder.quantiserScale(0)).hasMessage("JPEG quality 0 is not within 1 and 100");
    }

    private double greyAfter(int format, int range, int level) {
        AVFrame frame = frame(format, range, 64, 64, level);
        try (JpegEncoder encoder = new JpegEncoder(0, natives)) {
            return TestCapture.greyOf(TestCapture.decode(encoder.encode(picture(frame), 95)));
        } finally {
            av_frame_free(frame);
        }
    }

    private static DecodedPicture picture(AVFrame frame) {
        return new DecodedPicture(frame, OptionalLong.empty(), 0, TimeSource.FILE, 0);
    }

    private static AVFrame frame(int format, int range, int width, int height, int level) {
        AVFrame frame = av_frame_alloc();
        frame.width(width).height(height).format(format);
        frame.color_range(range);
        assertThat(av_frame_get_buffer(frame, 0)).isZero();
        for (int plane = 0; plane < 3 && frame.data(plane) != null; plane++) {
            long rows = plane == 0 || format == AV_PIX_FMT_YUV422P ? height : (height + 1) / 2;
            Pointer.memset(frame.data(plane), plane == 0 ? level : 128, rows * frame.linesize(plane));
        }
        return frame;
    }

    private static AVFrame noise(int width, int height) {
        AVFrame frame = frame(AV_PIX_FMT_YUVJ420P, AVCOL_RANGE_JPEG, width, height, 0);
        byte[] noise = new byte[height * frame.linesize(0)];
        new java.util.Random(2).nextBytes(noise);
        frame.data(0).put(noise);
        return frame;
    }
}
