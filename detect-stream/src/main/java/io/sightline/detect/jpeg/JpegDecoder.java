package io.sightline.detect.jpeg;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_CRCCHECK;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Reason;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.streams.UnprocessableFrameException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Decodes JPEG pictures to RGB by FFmpeg's mjpeg decoder: baseline and progressive, grey, 4:2:0, 4:2:2 and 4:4:4. A damaged
 * or cut picture is refused, never patched up: a face in a patch would be nobody's.
 *
 * <p>One decoder belongs to one thread and keeps its native buffers between pictures; {@link #close} frees them.
 */
public final class JpegDecoder implements AutoCloseable {
    /** 4096×2304, 28 MB as RGB: what cameras of today send at most. */
    public static final int DEFAULT_MAX_PIXELS = 4096 * 2304;

    private static final int INITIAL_INPUT_BYTES = 256 * 1024;

    private final int maxPixels;
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final RgbConversion conversion = new RgbConversion();
    private BytePointer input = new BytePointer(INITIAL_INPUT_BYTES);

    /** Opens FFmpeg's decoder; {@code maxPixels} is the largest width · height that it decodes. */
    public JpegDecoder(int maxPixels) {
        FfmpegLog.silence();
        this.maxPixels = maxPixels;
        this.context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_MJPEG));
        context.err_recognition(AV_EF_EXPLODE | AV_EF_CRCCHECK);
        context.max_pixels(maxPixels);
        context.thread_count(1);
        int code = avcodec_open2(context, context.codec(), (AVDictionary) null);
        if (code < 0) {
            close();
            throw new IllegalStateException("FFmpeg cannot open its mjpeg decoder (code " + code
                    + "): its native library does not fit this machine; run the doctor");
        }
    }

    /** Throws {@link UnprocessableFrameException} by reason undecodable or oversize; the decoder can be used on after it. */
    public RgbImage decode(Jpeg jpeg) {
        checkSize(jpeg);
        try {
            send(jpeg.bytes());
            int code = avcodec_receive_frame(context, frame);
            if (code < 0) {
                throw undecodable(jpeg, "FFmpeg's code " + code);
            }
            if (frame.decode_error_flags() != 0 || (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0) {
                throw undecodable(jpeg, "parts of it are damaged");
            }
            return conversion.toRgb(frame);
        } finally {
            av_frame_unref(frame);
            avcodec_flush_buffers(context);
        }
    }

    private void checkSize(Jpeg jpeg) {
        if (jpeg.isEmpty()) {
            throw new UnprocessableFrameException(Reason.UNDECODABLE, "the picture has 0 bytes");
        }
        JpegSize.read(jpeg.bytes()).filter(size -> size.pixels() > maxPixels).ifPresent(size -> {
            throw new UnprocessableFrameException(
                    Reason.OVERSIZE,
                    "the picture of " + size.widthPx() + "x" + size.heightPx() + " is over the limit of " + maxPixels
                            + " pixels: lower the camera's max-width-px or raise detect.max-pixels");
        });
    }

    private void send(byte[] bytes) {
        int needed = bytes.length + AV_INPUT_BUFFER_PADDING_SIZE;
        if (input.capacity() < needed) {
            input.close();
            input = new BytePointer(needed + needed / 4);
        }
        input.position(0).put(bytes, 0, bytes.length);
        input.position(bytes.length).put(new byte[AV_INPUT_BUFFER_PADDING_SIZE], 0, AV_INPUT_BUFFER_PADDING_SIZE);
        input.position(0);
        packet.data(input);
        packet.size(bytes.length);
        int code = avcodec_send_packet(context, packet);
        if (code < 0) {
            throw undecodable(Jpeg.adopt(bytes), "FFmpeg's code " + code);
        }
    }

    private static UnprocessableFrameException undecodable(Jpeg jpeg, String cause) {
        return new UnprocessableFrameException(
                Reason.UNDECODABLE, "the picture of " + jpeg.sizeBytes() + " bytes is no whole JPEG: " + cause);
    }

    @Override
    public void close() {
        conversion.close();
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(context);
        input.close();
    }
}
