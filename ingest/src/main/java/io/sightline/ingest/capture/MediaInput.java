package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import io.sightline.ingest.life.CameraCause;
import java.time.Duration;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/** An open container and its video packets. Owned by one thread. */
final class MediaInput implements AutoCloseable {
    private final AVFormatContext context;
    private final AVPacket packet;
    private final AVStream stream;
    private final NativeCount natives;

    private MediaInput(AVFormatContext context, AVStream stream, NativeCount natives) {
        this.context = context;
        this.stream = stream;
        this.natives = natives;
        this.packet = av_packet_alloc();
        natives.opened();
    }

    /** Opens and finds the video stream; ends within the open timeout, or at once on a stop. */
    static MediaInput open(OpenRequest request, InterruptHub hub, Interrupt interrupt, NativeCount natives)
            throws CaptureException {
        AVFormatContext context = avformat_alloc_context();
        hub.attach(context, interrupt);
        interrupt.arm(request.openTimeout());
        AVDictionary options = InputOptions.of(request);
        int code;
        try {
            code = avformat_open_input(context, request.address(), null, options);
        } finally {
            av_dict_free(options);
        }
        if (code < 0) {
            // FFmpeg has freed the context
            throw failure(request, interrupt, code);
        }
        natives.opened();
        try {
            return new MediaInput(context, videoStream(context, request, interrupt), natives);
        } catch (CaptureException | RuntimeException e) {
            avformat_close_input(context);
            natives.closed();
            throw e;
        }
    }

    private static AVStream videoStream(AVFormatContext context, OpenRequest request, Interrupt interrupt)
            throws CaptureException {
        int index =
                av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (org.bytedeco.ffmpeg.avcodec.AVCodec) null, 0);
        boolean isDescribed = index >= 0
                && request.transport() != OpenRequest.Transport.FILE
                && isSelfContained(context, context.streams(index));
        if (!isDescribed) {
            int code = avformat_find_stream_info(context, (AVDictionary) null);
            if (code < 0) {
                throw failure(request, interrupt, code);
            }
            index = av_find_best_stream(
                    context, AVMEDIA_TYPE_VIDEO, -1, -1, (org.bytedeco.ffmpeg.avcodec.AVCodec) null, 0);
        }
        if (index < 0) {
            throw interrupt.hasFired() || interrupt.isStopped()
                    ? failure(request, interrupt, index)
                    : CaptureException.of(
                            CameraCause.NOT_VIDEO,
                            request.shown() + " has no video in it" + FfmpegErrors.advice(CameraCause.NOT_VIDEO));
        }
        return context.streams(index);
    }

    /** RTSP and HTTP MJPEG say what they carry; looking into the stream would only hold back its first pictures. */
    private static boolean isSelfContained(AVFormatContext context, AVStream stream) {
        String format = context.iformat().name().getString();
        return stream.codecpar().codec_id() != AV_CODEC_ID_NONE && (format.equals("rtsp") || format.equals("mpjpeg"));
    }

    private static CaptureException failure(OpenRequest request, Interrupt interrupt, int code) {
        if (interrupt.isStopped()) {
            return CaptureException.stopRequested();
        }
        if (interrupt.hasFired()) {
            return CaptureException.of(
                    CameraCause.UNREACHABLE,
                    request.shown() + " did not answer within "
                            + request.openTimeout().toMillis() + " ms" + FfmpegErrors.advice(CameraCause.UNREACHABLE));
        }
        return FfmpegErrors.opening(request, code);
    }

    /** Moves to the last key frame at or before {@code at}; false if the container cannot. */
    boolean seek(Duration at) {
        long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
        AVRational base = stream.time_base();
        long target = start + at.toNanos() / 1000 * base.den() / (base.num() * 1_000_000L);
        return av_seek_frame(context, stream.index(), target, AVSEEK_FLAG_BACKWARD) >= 0;
    }

    /** Reads the next video packet into {@link #packet()}: 0, or FFmpeg's code; {@code AVERROR_EOF} at the end. */
    int read() {
        while (true) {
            av_packet_unref(packet);
            int code = av_read_frame(context, packet);
            if (code < 0) {
                return code == 0 ? AVERROR_EOF : code;
            }
            if (packet.stream_index() == stream.index()) {
                return 0;
            }
        }
    }

    AVPacket packet() {
        return packet;
    }

    boolean isKeyPacket() {
        return (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    }

    int packetBytes() {
        return packet.size();
    }

    /** The packet's presentation stamp, microseconds from the stream's origin. */
    OptionalLong packetMicros() {
        return micros(packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts());
    }

    /**
     * Wall time by the sender's reports that hangs on the packet, microseconds UTC (RFC 3550, section 6.4.1); not always that of
     * this packet.
     */
    OptionalLong packetWallMicros() {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
            // AVProducerReferenceTime begins with int64_t wallclock
            return data == null || size.get() < Long.BYTES ? OptionalLong.empty() : OptionalLong.of(data.getLong());
        }
    }

    /** Wall time of stamp 0 by the first of the sender's reports, microseconds UTC. */
    OptionalLong originWallMicros() {
        long origin = context.start_time_realtime();
        return origin == AV_NOPTS_VALUE || origin == 0 ? OptionalLong.empty() : OptionalLong.of(origin);
    }

    /** A stamp in the stream's time base as microseconds from its origin. */
    OptionalLong micros(long stamp) {
        if (stamp == AV_NOPTS_VALUE) {
            return OptionalLong.empty();
        }
        AVRational base = stream.time_base();
        return OptionalLong.of(Math.round((double) stamp * base.num() * 1e6 / base.den()));
    }

    /** Where the stream's origin lies, microseconds; 0 when it does not say. */
    long startMicros() {
        return micros(stream.start_time()).orElse(0);
    }

    AVCodecParameters codec() {
        return stream.codecpar();
    }

    /** A recording has a length; what is live has none. */
    boolean isRecording() {
        return context.duration() > 0 && context.duration() != AV_NOPTS_VALUE;
    }

    /** Whether its stamps tell when pictures were taken: multipart JPEG and bare elementary streams make them up. */
    boolean hasTrueStamps() {
        String format = context.iformat().name().getString();
        return !(format.equals("mpjpeg") || format.equals("mjpeg") || format.endsWith("_pipe"));
    }

    @Override
    public void close() {
        av_packet_free(packet);
        natives.closed();
        avformat_close_input(context);
        natives.closed();
    }
}
