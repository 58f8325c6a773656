package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.sightline.ingest.life.CameraCause;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Packets to pictures, on one core and without holding pictures back. Owned by one thread. */
final class VideoDecoder implements AutoCloseable {
    /** A picture above this is refused by the decoder: 100 megapixels. */
    private static final long MAX_PIXELS = 100_000_000;

    private final AVCodecContext context;
    private final AVFrame frame;
    private final NativeCount natives;
    private final String codecName;

    private VideoDecoder(AVCodecContext context, String codecName, NativeCount natives) {
        this.context = context;
        this.codecName = codecName;
        this.natives = natives;
        this.frame = av_frame_alloc();
        natives.opened();
    }

    static VideoDecoder open(AVCodecParameters parameters, String shown, NativeCount natives) throws CaptureException {
        String name = avcodec_get_name(parameters.codec_id()).getString();
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            throw CaptureException.of(
                    CameraCause.UNREADABLE,
                    shown + ": no decoder for its codec '" + name + "'; use H.264, H.265 or MJPEG");
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        natives.opened();
        int code = avcodec_parameters_to_context(context, parameters);
        if (code >= 0) {
            context.thread_count(1);
            context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
            context.max_pixels(MAX_PIXELS);
            if (parameters.codec_id() == AV_CODEC_ID_MJPEG) {
                context.err_recognition(AV_EF_EXPLODE);
            }
            code = avcodec_open2(context, codec, (AVDictionary) null);
        }
        if (code < 0) {
            avcodec_free_context(context);
            natives.closed();
            throw CaptureException.of(
                    CameraCause.UNREADABLE,
                    shown + ": the decoder for '" + name + "' cannot start: " + FfmpegErrors.text(code));
        }
        return new VideoDecoder(context, name, natives);
    }

    /** Gives it a packet; negative for one that is damaged. */
    int send(AVPacket packet) {
        return avcodec_send_packet(context, packet);
    }

    /** No packet follows: the pictures held back come out. */
    void sendEnd() {
        avcodec_send_packet(context, null);
    }

    /** Takes a picture into {@link #frame()}: 0, {@code AVERROR(EAGAIN)} if it needs a packet first, or {@code AVERROR_EOF}. */
    int receive() {
        return avcodec_receive_frame(context, frame);
    }

    /** The picture; valid until the next {@link #receive()}. */
    AVFrame frame() {
        return frame;
    }

    /** Whether the picture was mended by guesswork, so that it must not be looked at. */
    boolean isDamaged() {
        return (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    }

    String codecName() {
        return codecName;
    }

    @Override
    public void close() {
        av_frame_free(frame);
        natives.closed();
        avcodec_free_context(context);
        natives.closed();
    }
}
