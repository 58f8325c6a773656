package io.sightline.detect.jpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_get_level;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

/** FFmpeg's own log goes to standard error, a line for each damaged picture; what went wrong is told by exceptions instead. */
final class FfmpegLog {
    private FfmpegLog() {}

    static void silence() {
        if (av_log_get_level() > AV_LOG_FATAL) {
            av_log_set_level(AV_LOG_FATAL);
        }
    }
}
