package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DEMUXER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_BAD_REQUEST;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_OTHER_4XX;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_SERVER_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_TOO_MANY_REQUESTS;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_STREAM_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.sightline.ingest.life.CameraCause;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** FFmpeg's error codes as causes. Errno values are those of Linux. */
final class FfmpegErrors {
    private static final int ENOENT = -2;
    private static final int EIO = -5;
    private static final int EACCES = -13;
    private static final int EISDIR = -21;
    private static final int ENETUNREACH = -101;
    private static final int ECONNRESET = -104;
    private static final int ETIMEDOUT = -110;
    private static final int ECONNREFUSED = -111;
    private static final int EHOSTUNREACH = -113;

    private FfmpegErrors() {}

    /** Why opening failed with {@code code}, the deadline not being the cause. */
    static CaptureException opening(OpenRequest request, int code) {
        CameraCause cause = openingCause(request, code);
        String text = cause == CameraCause.UNREACHABLE && code == EIO
                ? "the host name '" + request.host() + "' is not known"
                : text(code);
        return CaptureException.of(cause, "cannot open " + request.shown() + ": " + text + advice(cause));
    }

    static String advice(CameraCause cause) {
        return cause.advice().isEmpty() ? "" : "; " + cause.advice();
    }

    /** FFmpeg's words for a code. */
    static String text(int code) {
        byte[] buffer = new byte[256];
        av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    private static CameraCause openingCause(OpenRequest request, int code) {
        boolean isFile = request.transport() == OpenRequest.Transport.FILE;
        if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN) {
            return CameraCause.UNAUTHORISED;
        } else if (code == AVERROR_HTTP_NOT_FOUND || code == ENOENT) {
            return CameraCause.NOT_FOUND;
        } else if (code == ECONNREFUSED) {
            return CameraCause.REFUSED;
        } else if (code == ENETUNREACH || code == EHOSTUNREACH || code == ETIMEDOUT) {
            return CameraCause.UNREACHABLE;
        } else if (code == AVERROR_INVALIDDATA
                || code == AVERROR_DEMUXER_NOT_FOUND
                || code == AVERROR_STREAM_NOT_FOUND
                || (code == AVERROR_EOF && isFile)) {
            return CameraCause.NOT_VIDEO;
        } else if (code == AVERROR_EOF || code == ECONNRESET) {
            return CameraCause.END_OF_STREAM;
        } else if (code == AVERROR_DECODER_NOT_FOUND || isFile || code == EACCES || code == EISDIR) {
            return CameraCause.UNREADABLE;
        }
        if (code == EIO && !isKnown(request.host())) {
            return CameraCause.UNREACHABLE;
        }
        // FFmpeg has no code for a failed handshake: what is not an HTTP status comes from there
        return request.tls().isPresent() && !isHttpStatus(code) ? CameraCause.TLS : CameraCause.FAILED;
    }

    private static boolean isHttpStatus(int code) {
        return code == AVERROR_HTTP_BAD_REQUEST
                || code == AVERROR_HTTP_TOO_MANY_REQUESTS
                || code == AVERROR_HTTP_OTHER_4XX
                || code == AVERROR_HTTP_SERVER_ERROR;
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
