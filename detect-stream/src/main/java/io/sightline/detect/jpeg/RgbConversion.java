package io.sightline.detect.jpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.sightline.contracts.frame.Reason;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.streams.UnprocessableFrameException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Turns decoded frames into RGB pictures of the same size; keeps the conversion and its buffer while the size stays. */
final class RgbConversion implements AutoCloseable {
    /** FFmpeg's SIMD loops may write past the end of the last row. */
    private static final int OVERRUN_BYTES = 256;

    private static final @Nullable DoublePointer NO_PARAMETERS = null;

    private final PointerPointer<BytePointer> target = new PointerPointer<>(4);
    private final IntPointer targetStride = new IntPointer(4);
    private @Nullable SwsContext context;
    private BytePointer rgb = new BytePointer(OVERRUN_BYTES);

    RgbImage toRgb(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        int bytes = width * height * RgbImage.CHANNELS;
        SwsContext ready = contextFor(frame);
        if (rgb.capacity() < bytes + OVERRUN_BYTES) {
            rgb.close();
            rgb = new BytePointer(bytes + OVERRUN_BYTES);
        }
        target.put(0, rgb);
        targetStride.put(0, width * RgbImage.CHANNELS);
        sws_scale(ready, frame.data(), frame.linesize(), 0, height, target, targetStride);
        byte[] copy = new byte[bytes];
        rgb.position(0).get(copy, 0, bytes);
        return RgbImage.adopt(width, height, copy);
    }

    private SwsContext contextFor(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        int format = frame.format();
        SwsContext ready = sws_getCachedContext(
                context,
                width,
                height,
                format,
                width,
                height,
                AV_PIX_FMT_RGB24,
                SWS_BILINEAR,
                null,
                null,
                NO_PARAMETERS);
        context = ready;
        if (ready == null || ready.isNull()) {
            context = null;
            throw new UnprocessableFrameException(
                    Reason.UNDECODABLE,
                    "the picture of " + width + "x" + height + " has pixel format " + format
                            + ", which has no way to RGB");
        }
        return ready;
    }

    @Override
    public void close() {
        if (context != null) {
            sws_freeContext(context);
            context = null;
        }
        rgb.close();
        target.close();
        targetStride.close();
    }
}
