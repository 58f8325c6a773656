package io.sightline.ingest;

import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.life.CameraPhase;
import java.util.Optional;

/**
 * How a camera is, at one moment.
 *
 * @param cause why it is not streaming, while it is not
 * @param detail the cause in a sentence, without credentials
 * @param epoch 0 until the capture has begun
 * @param captured frames that got a number in this epoch
 * @param reconnects streams lost and attempts failed since the start
 * @param lastFrameAgeMs milliseconds since the last picture; −1 before the first
 */
public record CameraProgress(
        CameraPhase state,
        Optional<CameraCause> cause,
        String detail,
        String source,
        long epoch,
        long captured,
        int reconnects,
        Optional<String> codec,
        int widthPx,
        int heightPx,
        long lastFrameAgeMs) {}
