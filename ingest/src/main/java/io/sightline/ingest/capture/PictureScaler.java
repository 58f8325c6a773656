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
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

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
    private final AVFrame scaled;
    private SwsContext context = new SwsContext(null);

    PictureScaler(int maxWidthPx, NativeCount natives) {
        this.maxWidthPx = maxWidthPx;
        this.natives = natives;
        this.scaled = av_frame_alloc();
        natives.opened();
    }

    /** The picture itself if it is right already, else a converted one that is valid until the next call. */
    AVFrame fullRange(AVFrame source) {
        int width = maxWidthPx == 0 ? source.width() : Math.min(maxWidthPx, source.width());
        int height = Math.max(1, (int) Math.round((double) source.height() * width / source.width()));
        if (width == source.width() && source.format() == AV_PIX_FMT_YUVJ420P) {
            return source;
        }
        prepareTarget(width, height);
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
        if (!context.isNull()) {
            sws_freeContext(context);
            natives.closed();
        }
        av_frame_free(scaled);
        natives.closed();
    }

    private void prepareTarget(int width, int height) {
        if (scaled.width() == width && scaled.height() == height && av_frame_make_writable(scaled) >= 0) {
            return;
        }
        av_frame_unref(scaled);
        scaled.width(width);
        scaled.height(height);
        scaled.format(AV_PIX_FMT_YUVJ420P);
        scaled.color_range(AVCOL_RANGE_JPEG);
        if (av_frame_get_buffer(scaled, 0) < 0) {
            throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
        }
    }

    private void prepareContext(AVFrame source, int width, int height) {
        boolean isNew = context.isNull();
        context = sws_getCachedContext(
                context,
                source.width(),
                source.height(),
                source.format(),
                width,
                height,
                AV_PIX_FMT_YUVJ420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (context == null || context.isNull()) {
            context = new SwsContext(null);
            if (!isNew) {
                natives.closed();
            }
            throw new IllegalStateException("cannot scale pictures of format " + source.format() + " and "
                    + source.width() + "x" + source.height());
        }
        if (isNew) {
            natives.opened();
        }
        var table = sws_getCoefficients(source.colorspace());
        int sourceRange = source.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(context, table, sourceRange, table, 1, 0, UNITY, UNITY);
    }
}
