package io.sightline.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Makes video files with the encoders that come with FFmpeg's Java preset, so that tests need nothing installed. Picture {@code i} is
 * grey of level {@link #levelOf}, with a dark bar that moves, so that a test can tell which picture it sees.
 */
public final class TestVideos {
    private TestVideos() {}

    /**
     * What to make.
     *
     * @param encoder FFmpeg's name: {@code libopenh264}, {@code mjpeg}, {@code mpeg4}
     * @param keyInterval pictures from one key frame to the next
     */
    public record Clip(String encoder, int widthPx, int heightPx, int fps, int pictures, int keyInterval) {
        public static Clip h264(int pictures) {
            return new Clip("libopenh264", 320, 240, 25, pictures, 12);
        }

        public static Clip mjpeg(int pictures) {
            return new Clip("mjpeg", 320, 240, 25, pictures, 1);
        }
    }

    /** The grey of picture {@code index}, full range, which repeats after 40 pictures. */
    public static int levelOf(int index) {
        return 40 + (index % 40) * 5;
    }

    /** Writes the file; its ending says which container. */
    public static Path write(Path file, Clip clip) {
        try (Writer writer = new Writer(file, clip)) {
            for (int i = 0; i < clip.pictures(); i++) {
                writer.picture(i);
            }
            writer.end();
        }
        return file;
    }

    private static final class Writer implements AutoCloseable {
        private final Clip clip;
        private final AVFormatContext format = new AVFormatContext(null);
        private final AVCodecContext codec;
        private final AVStream stream;
        private final AVFrame frame = av_frame_alloc();
        private final AVPacket packet = av_packet_alloc();

        Writer(Path file, Clip clip) {
            this.clip = clip;
            check(avformat_alloc_output_context2(format, null, null, file.toString()));
            AVCodec encoder = avcodec_find_encoder_by_name(clip.encoder());
            codec = avcodec_alloc_context3(encoder);
            boolean isJpeg = clip.encoder().equals("mjpeg");
            codec.width(clip.widthPx()).height(clip.heightPx());
            codec.pix_fmt(isJpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P);
            codec.time_base(new AVRational().num(1).den(clip.fps()));
            codec.framerate(new AVRational().num(clip.fps()).den(1));
            codec.gop_size(clip.keyInterval());
            codec.bit_rate(1_000_000);
            codec.thread_count(1);
            if ((format.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
                codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
            }
            check(avcodec_open2(codec, encoder, (AVDictionary) null));
            stream = avformat_new_stream(format, null);
            stream.time_base(codec.time_base());
            check(avcodec_parameters_from_context(stream.codecpar(), codec));
            AVIOContext io = new AVIOContext(null);
            check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
            format.pb(io);
            check(avformat_write_header(format, (AVDictionary) null));
            frame.width(clip.widthPx());
            frame.height(clip.heightPx());
            frame.format(codec.pix_fmt());
            check(av_frame_get_buffer(frame, 0));
        }

        void picture(int index) {
            check(av_frame_make_writable(frame));
            boolean isFullRange = codec.pix_fmt() == AV_PIX_FMT_YUVJ420P;
            int level = isFullRange ? levelOf(index) : 16 + levelOf(index) * 219 / 255;
            fill(0, clip.heightPx(), clip.widthPx(), level);
            fill(1, clip.heightPx() / 2, clip.widthPx() / 2, 128);
            fill(2, clip.heightPx() / 2, clip.widthPx() / 2, 128);
            int bar = index * 4 % (clip.widthPx() - 16);
            for (int y = 0; y < 16; y++) {
                for (int x = bar; x < bar + 16; x++) {
                    frame.data(0).put((long) y * frame.linesize(0) + x, (byte) 20);
                }
            }
            frame.pts(index);
            frame.quality(2 * 118);
            check(avcodec_send_frame(codec, frame));
            drain();
        }

        void end() {
            check(avcodec_send_frame(codec, null));
            drain();
            check(av_write_trailer(format));
        }

        private void drain() {
            while (avcodec_receive_packet(codec, packet) >= 0) {
                packet.duration(1);
                av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
                packet.stream_index(0);
                check(av_interleaved_write_frame(format, packet));
            }
        }

        private void fill(int plane, int rows, int columns, int value) {
            byte[] row = new byte[columns];
            java.util.Arrays.fill(row, (byte) value);
            for (int y = 0; y < rows; y++) {
                frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
            }
        }

        @Override
        public void close() {
            av_packet_free(packet);
            av_frame_free(frame);
            avcodec_free_context(codec);
            avio_closep(format.pb());
            avformat_free_context(format);
        }
    }

    private static void check(int code) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg says " + code);
        }
    }
}
