package io.sightline.ingest.capture;

import io.sightline.contracts.frame.TimeSource;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A picture in FFmpeg's memory with its times. Borrowed: valid until its capture's next step, on its thread.
 *
 * @param positionMicros from the beginning of the stream; empty where the stream does not say
 * @param capturedAtMicros when it was seen, UTC, known by {@code source}; for files the worker sets the time
 * @param arrivedAtMicros when its last packet was read, UTC
 */
public record DecodedPicture(
        AVFrame frame, OptionalLong positionMicros, long capturedAtMicros, TimeSource source, long arrivedAtMicros) {
    public int widthPx() {
        return frame.width();
    }

    public int heightPx() {
        return frame.height();
    }
}
