package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Brings pictures to what JPEG wants: 4:2:0 with levels 0 to 255 (video uses 16 to 235), not wider than the greatest
 * width. Colour primaries are left as they are. Owned by one thread.
 */
final class PictureScaler implements AutoCloseable {
    private static final int UNITY = 1 << 16;

    private final int maxWidthPx;
    private final NativeCount natives;
    /** Two in turn: the encoder still refers to the last picture, and writing into that one would copy it first. */
    private final AVFrame[] targets = {av_frame_alloc(), av_frame_alloc()};

    private int turn;
    private SwsContext context = new SwsContext(null);
    private Optional<Conversion> current = Optional.empty();

    PictureScaler(int maxWidthPx, NativeCount natives) {
        this.maxWidthPx = maxWidthPx;
        this.natives = natives;
        natives.opened();
        natives.opened();
    }

    /** The picture itself if it is right already, else a converted one that is valid until the call after the next. */
    AVFrame fullRange(AVFrame source) {
        int width = maxWidthPx == 0 ? source.width() : Math.min(maxWidthPx, source.width());
        int height = Math.max(1, (int) Math.round((double) source.height() * width / source.width()));
        if (width == source.width() && source.format() == AV_PIX_FMT_YUVJ420P) {
            return source;
        }
        AVFrame scaled = nextTarget(width, height);
        prepareContext(source, width, height);
        int rows = sws_scale(
                context, source.data(), source.linesize(), 0, source.height(), scaled.data(), scaled.linesize());
        if (rows <= 0) {
            throw new IllegalStateException("cannot scale a picture of " + source.width() + "x" + source.height()
                    + " to " + width + "x" + height);
        }
        return scaled;
    }

    @Override
    public void close() {
        closeContext();
        for (AVFrame target : targets) {
            av_frame_free(target);
            natives.closed();
        }
    }

    private AVFrame nextTarget(int width, int height) {
        turn = (turn + 1) % targets.length;
        AVFrame scaled = targets[turn];
        if (scaled.width() == width && scaled.height() == height && av_frame_make_writable(scaled) >= 0) {
            return scaled;
        }
        av_frame_unref(scaled);
        scaled.width(width);
        scaled.height(height);
        scaled.format(AV_PIX_FMT_YUVJ420P);
        scaled.color_range(AVCOL_RANGE_JPEG);
        if (av_frame_get_buffer(scaled, 0) < 0) {
            throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
        }
        return scaled;
    }

    private void prepareContext(AVFrame source, int width, int height) {
        Conversion needed = Conversion.of(source, width, height);
        if (needed.equals(current.orElse(null))) {
            return;
        }
        closeContext();
        SwsContext opened = sws_getContext(
                needed.sourceWidthPx,
                needed.sourceHeightPx,
                needed.sourceFormat,
                width,
                height,
                AV_PIX_FMT_YUVJ420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (opened == null || opened.isNull()) {
            throw new IllegalStateException("cannot scale pictures of format " + source.format() + " and "
                    + source.width() + "x" + source.height());
        }
        natives.opened();
        context = opened;
        current = Optional.of(needed);
        var table = sws_getCoefficients(needed.colourSpace);
        sws_setColorspaceDetails(context, table, needed.isFullRange ? 1 : 0, table, 1, 0, UNITY, UNITY);
    }

    private void closeContext() {
        if (current.isPresent()) {
            sws_freeContext(context);
            natives.closed();
            current = Optional.empty();
        }
    }

    /** What a context was made for. The scaler's own cache compares the range too, which is set later, and so never hits. */
    private record Conversion(
            int sourceWidthPx,
            int sourceHeightPx,
            int sourceFormat,
            boolean isFullRange,
            int colourSpace,
            int widthPx,
            int heightPx) {
        static Conversion of(AVFrame source, int widthPx, int heightPx) {
            return new Conversion(
                    source.width(),
                    source.height(),
                    source.format(),
                    source.color_range() == AVCOL_RANGE_JPEG,
                    source.colorspace(),
                    widthPx,
                    heightPx);
        }
    }
}
