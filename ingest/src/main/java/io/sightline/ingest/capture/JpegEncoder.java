package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.sightline.contracts.frame.Jpeg;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Pictures to JPEG by FFmpeg's mjpeg coder, scaled down to a greatest width. Keeps its contexts while the size stays.
 * Owned by one thread.
 */
public final class JpegEncoder implements AutoCloseable {
    private static final int COARSEST_SCALE = 31;
    private static final int FINEST_SCALE = 1;

    private final NativeCount natives;
    private final PictureScaler scaler;
    private final AVPacket packet;
    private AVCodecContext context = new AVCodecContext(null);
    private long pictures;

    /** {@code maxWidthPx} 0 keeps every picture's own width. */
    public JpegEncoder(int maxWidthPx, NativeCount natives) {
        this.natives = natives;
        this.scaler = new PictureScaler(maxWidthPx, natives);
        this.packet = av_packet_alloc();
        natives.opened();
    }

    /**
     * One picture as JPEG.
     *
     * @param quality 1 (coarsest) to 100 (finest)
     * @throws IllegalStateException if FFmpeg refuses the picture; the encoder stays usable
     */
    public EncodedPicture encode(DecodedPicture picture, int quality) {
        AVFrame full = scaler.fullRange(picture.frame());
        if (context.isNull() || context.width() != full.width() || context.height() != full.height()) {
            reopen(full.width(), full.height());
        }
        full.pts(pictures++);
        full.pict_type(AV_PICTURE_TYPE_NONE);
        full.quality(quantiserScale(quality) * FF_QP2LAMBDA);
        check(avcodec_send_frame(context, full), "encode");
        check(avcodec_receive_packet(context, packet), "take");
        try {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            return new EncodedPicture(Jpeg.adopt(bytes), full.width(), full.height());
        } finally {
            av_packet_unref(packet);
        }
    }

    /** FFmpeg's quantiser scale for a quality of 1 to 100: 31 to 1, evenly; 90 gives 4. */
    static int quantiserScale(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is not within 1 and 100");
        }
        return FINEST_SCALE + Math.round((100 - quality) * (COARSEST_SCALE - FINEST_SCALE) / 99f);
    }

    @Override
    public void close() {
        closeContext();
        scaler.close();
        av_packet_free(packet);
        natives.closed();
    }

    private void reopen(int widthPx, int heightPx) {
        closeContext();
        AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
        context = avcodec_alloc_context3(codec);
        natives.opened();
        try (AVRational tick = new AVRational()) {
            context.width(widthPx).height(heightPx).pix_fmt(AV_PIX_FMT_YUVJ420P);
            context.time_base(tick.num(1).den(25));
        }
        context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
        context.thread_count(1);
        context.qmin(FINEST_SCALE);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "huffman", "default", 0);
        int code = avcodec_open2(context, codec, options);
        av_dict_free(options);
        if (code < 0) {
            closeContext();
            check(code, "open the JPEG encoder for a picture of " + widthPx + "x" + heightPx);
        }
    }

    private void closeContext() {
        if (!context.isNull()) {
            avcodec_free_context(context);
            context = new AVCodecContext(null);
            natives.closed();
        }
    }

    private static void check(int code, String what) {
        if (code < 0) {
            throw new IllegalStateException("JPEG: cannot " + what + ": " + FfmpegErrors.text(code));
        }
    }
}
