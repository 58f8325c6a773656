package io.sightline.detect.jpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.inference.RgbImage;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Encodes small pictures, such as the crops of faces, as JPEG with full colour (4:4:4, full range) by FFmpeg's mjpeg
 * encoder. The same picture always gives the same bytes. Thread-safe: nothing native outlives a call.
 *
 * <p>FFmpeg's encoder is opened anew for each picture. That costs 0.03 ms of the 0.23 that a crop of 192×192 takes, less
 * than it would to look after one open encoder per size.
 *
 * @param quality FFmpeg's quantiser scale: 1 (best) to 31 (smallest)
 */
public record JpegEncoder(int quality) {
    public JpegEncoder {
        if (quality < 1 || quality > 31) {
            throw new IllegalArgumentException("JPEG quantiser scale " + quality + " is not within 1 and 31");
        }
        FfmpegLog.silence();
    }

    public Jpeg encode(RgbImage picture) {
        AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MJPEG));
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            open(context, picture);
            fill(frame, picture);
            require(avcodec_send_frame(context, frame), "take", picture);
            require(avcodec_receive_packet(context, packet), "encode", picture);
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes, 0, bytes.length);
            return Jpeg.adopt(bytes);
        } finally {
            av_packet_free(packet);
            av_frame_free(frame);
            avcodec_free_context(context);
        }
    }

    private void open(AVCodecContext context, RgbImage picture) {
        context.width(picture.widthPx()).height(picture.heightPx());
        context.pix_fmt(AV_PIX_FMT_YUVJ444P).color_range(AVCOL_RANGE_JPEG);
        context.time_base().num(1).den(25);
        context.flags(AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT);
        context.global_quality(quality * FF_QP2LAMBDA).qmin(quality).qmax(quality);
        context.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "huffman", "default", 0);
            require(avcodec_open2(context, context.codec(), options), "open for", picture);
        } finally {
            av_dict_free(options);
        }
    }

    private void fill(AVFrame frame, RgbImage picture) {
        frame.width(picture.widthPx()).height(picture.heightPx()).format(AV_PIX_FMT_YUVJ444P);
        frame.color_range(AVCOL_RANGE_JPEG).quality(quality * FF_QP2LAMBDA).pts(0);
        require(av_frame_get_buffer(frame, 0), "hold", picture);
        ByteBuffer luma = plane(frame, 0);
        ByteBuffer blueDifference = plane(frame, 1);
        ByteBuffer redDifference = plane(frame, 2);
        YuvRow row = new YuvRow(picture.widthPx());
        for (int y = 0; y < picture.heightPx(); y++) {
            row.convert(picture.rgb(), picture.offset(0, y));
            luma.put(y * frame.linesize(0), row.luma());
            blueDifference.put(y * frame.linesize(1), row.blueDifference());
            redDifference.put(y * frame.linesize(2), row.redDifference());
        }
    }

    private static ByteBuffer plane(AVFrame frame, int index) {
        return frame.data(index)
                .capacity((long) frame.linesize(index) * frame.height())
                .asByteBuffer();
    }

    private static void require(int code, String what, RgbImage picture) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg's mjpeg encoder cannot " + what + " a picture of "
                    + picture.widthPx() + "x" + picture.heightPx() + " (code " + code + ")");
        }
    }
}
