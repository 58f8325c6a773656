package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import io.sightline.ingest.life.CameraCause;
import io.sightline.ingest.timing.CaptureClock;
import io.sightline.ingest.timing.ReportPairing;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * An open source, picture by picture. Owned by one thread.
 *
 * <p>Packets before the first key frame are dropped, damaged pictures too. A source gives a picture within its read
 * timeout or fails as silent; until its first one it must give packets so often, and the picture within
 * {@link #FIRST_PICTURE}, since a key frame may be seconds away.
 */
public final class VideoCapture implements AutoCloseable {
    /** The longest wait for the first picture, while packets come. */
    public static final Duration FIRST_PICTURE = Duration.ofSeconds(30);

    private static final int ERRNO_AGAIN = -11;
    private static final int ERRNO_CONNRESET = -104;
    private static final int ERRNO_TIMEDOUT = -110;
    private static final int MAX_BAD_READS = 100;

    private final OpenRequest request;
    private final Interrupt interrupt;
    private final LongSupplier wallMicros;
    private final MediaInput input;
    private final VideoDecoder decoder;
    private final CaptureClock clock;
    private final ReportPairing pairing = new ReportPairing();
    private final LongSupplier nanoTime;
    private final long startAtMicros;
    private Optional<DecodedPicture> picture = Optional.empty();
    private OptionalLong skippedMicros = OptionalLong.empty();
    private long arrivedAtMicros;
    private long firstPictureDeadlineMicros;
    private long decodeErrors;
    private long errorsAtLastPicture;
    private long bytes;
    private long waitedNanos;
    private int badReads;
    private boolean hasPicture;
    private boolean awaitsKey = true;
    private boolean skipsToKey;
    private boolean keyFramesOnly;
    private boolean isDraining;

    /** What a step gave. */
    public enum Step {
        /** {@link #picture()} is there. */
        PICTURE,
        /** A packet was not decoded, since only key frames are: {@link #skippedMicros()}. */
        SKIPPED,
        /** A recording is over. */
        END
    }

    private VideoCapture(
            OpenRequest request, CaptureTools tools, Interrupt interrupt, MediaInput input, VideoDecoder decoder) {
        this.request = request;
        this.interrupt = interrupt;
        this.wallMicros = tools.wallMicros();
        this.nanoTime = tools.hub().nanoTime();
        this.input = input;
        this.decoder = decoder;
        this.clock = new CaptureClock(
                request.transport() != OpenRequest.Transport.RTSP && input.hasTrueStamps()
                        ? CaptureClock.StampKind.TRUE
                        : CaptureClock.StampKind.NONE);
        this.startAtMicros = request.startAt().toNanos() / 1000;
        this.firstPictureDeadlineMicros = tools.wallMicros().getAsLong() + FIRST_PICTURE.toNanos() / 1000;
    }

    /** Opens the source within its open timeout. */
    public static VideoCapture open(OpenRequest request, CaptureTools tools, Interrupt interrupt)
            throws CaptureException {
        MediaInput input = MediaInput.open(request, tools.hub(), interrupt, tools.natives());
        try {
            VideoDecoder decoder = VideoDecoder.open(input.codec(), request.shown(), tools.natives());
            VideoCapture capture = new VideoCapture(request, tools, interrupt, input, decoder);
            capture.seekToStart();
            return capture;
        } catch (CaptureException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** Reads on to the next picture. Throws what ended the stream, unless a recording simply ended. */
    public Step next() throws CaptureException {
        picture = Optional.empty();
        interrupt.arm(request.readTimeout());
        while (true) {
            int code = decoder.receive();
            if (code >= 0) {
                if (takePicture()) {
                    return Step.PICTURE;
                }
            } else if (code == ERRNO_AGAIN && !isDraining) {
                if (readPacket()) {
                    return Step.SKIPPED;
                }
            } else if (isDraining) {
                return end();
            } else {
                decodeErrors++;
                readPacket();
            }
        }
    }

    /** The picture of the last step. */
    public DecodedPicture picture() {
        return picture.orElseThrow(() -> new NoSuchElementException("the last step gave no picture"));
    }

    /** The stamp of the packet that the last step skipped, microseconds from the beginning. */
    public OptionalLong skippedMicros() {
        return skippedMicros;
    }

    /** When the last packet was read, microseconds UTC. */
    public long arrivedAtMicros() {
        return arrivedAtMicros;
    }

    /** Whether only key frames are decoded from now on. The way back waits for a key frame, as what is between needs it. */
    public void keyFramesOnly(DecodeMode mode) {
        keyFramesOnly = mode == DecodeMode.KEY_FRAMES;
        skipsToKey |= keyFramesOnly;
    }

    /** What is decoded. */
    public enum DecodeMode {
        ALL,
        KEY_FRAMES
    }

    /** Whether it has an end of its own: a file, or a recording behind HTTP. */
    public boolean isRecording() {
        return request.transport() == OpenRequest.Transport.FILE || input.isRecording();
    }

    public String codecName() {
        return decoder.codecName();
    }

    /** Packets and pictures that were damaged, since it was opened. */
    public long decodeErrors() {
        return decodeErrors;
    }

    /** How long it has waited for packets, nanoseconds, since it was opened. */
    public long waitedNanos() {
        return waitedNanos;
    }

    /** Bytes of video packets read. */
    public long bytes() {
        return bytes;
    }

    /** Whether the camera's clock is so wrong that its reports are not used. */
    public boolean isCameraClockWrong() {
        return clock.isClockWrong();
    }

    /** See {@link CaptureClock#clockOffsetMicros()}. */
    public OptionalLong clockOffsetMicros() {
        return clock.clockOffsetMicros();
    }

    @Override
    public void close() {
        decoder.close();
        input.close();
    }

    private void seekToStart() {
        if (startAtMicros > 0) {
            // where a container cannot seek, the pictures before the start are decoded and dropped
            input.seek(request.startAt());
        }
    }

    /** Gives the decoder a packet; true if it was skipped instead, and counts. */
    private boolean readPacket() throws CaptureException {
        long asked = nanoTime.getAsLong();
        int code = input.read();
        waitedNanos += nanoTime.getAsLong() - asked;
        arrivedAtMicros = wallMicros.getAsLong();
        if (code < 0 || interrupt.hasFired()) {
            // an interrupted read may hand out what the parser held back: it is as old as the silence
            endOrFail(code);
            return false;
        }
        badReads = 0;
        bytes += input.packetBytes();
        if (!hasPicture && arrivedAtMicros < firstPictureDeadlineMicros) {
            interrupt.arm(request.readTimeout());
        }
        OptionalLong position = input.packetMicros();
        position.ifPresent(this::hearReport);
        if (input.isKeyPacket()) {
            awaitsKey = false;
            skipsToKey = keyFramesOnly;
        } else if (awaitsKey || skipsToKey) {
            skippedMicros = fromStart(position);
            return !awaitsKey;
        }
        if (decoder.send(input.packet()) < 0) {
            decodeErrors++;
        }
        return false;
    }

    private void hearReport(long positionMicros) {
        pairing.wallOf(positionMicros, input.packetWallMicros(), input.originWallMicros())
                .ifPresent(wall -> clock.report(positionMicros, wall));
    }

    private boolean takePicture() {
        if (decoder.isDamaged()) {
            decodeErrors++;
            return false;
        }
        OptionalLong stamp = input.micros(decoder.frame().best_effort_timestamp());
        OptionalLong position = fromStart(stamp);
        if (position.isPresent() && position.getAsLong() < startAtMicros) {
            return false;
        }
        long capturedAt = clock.capturedAt(stamp, arrivedAtMicros);
        picture =
                Optional.of(new DecodedPicture(decoder.frame(), position, capturedAt, clock.source(), arrivedAtMicros));
        hasPicture = true;
        errorsAtLastPicture = decodeErrors;
        return true;
    }

    /** A made-up stamp of a live stream is none. */
    private OptionalLong fromStart(OptionalLong stamp) {
        if (!input.hasTrueStamps() && !isRecording()) {
            return OptionalLong.empty();
        }
        return stamp.isEmpty() ? stamp : OptionalLong.of(stamp.getAsLong() - input.startMicros());
    }

    private void endOrFail(int code) throws CaptureException {
        if (interrupt.isStopped()) {
            throw CaptureException.stopRequested();
        }
        if (interrupt.hasFired() || code == ERRNO_TIMEDOUT) {
            throw silence();
        }
        if (code == AVERROR_INVALIDDATA && ++badReads < MAX_BAD_READS) {
            decodeErrors++;
        } else if (code == AVERROR_EOF && isRecording()) {
            isDraining = true;
            decoder.sendEnd();
        } else {
            throw broken(code);
        }
    }

    private Step end() throws CaptureException {
        if (!hasPicture) {
            throw CaptureException.of(
                    CameraCause.UNREADABLE,
                    request.shown() + " has no picture that can be decoded"
                            + (startAtMicros > 0 ? " from " + request.startAt().toMillis() + " ms on" : ""));
        }
        return Step.END;
    }

    private CaptureException silence() {
        boolean isUnreadable = decodeErrors > errorsAtLastPicture;
        CameraCause cause = isUnreadable ? CameraCause.UNREADABLE : CameraCause.SILENT;
        String limit = request.readTimeout().toMillis() + " ms";
        return CaptureException.of(
                cause,
                request.shown() + ": no picture for " + limit
                        + (isUnreadable ? ", since what comes cannot be decoded" : "")
                        + FfmpegErrors.advice(cause));
    }

    private CaptureException broken(int code) {
        boolean isOver = code == AVERROR_EOF || code == ERRNO_CONNRESET;
        CameraCause cause = isOver
                ? CameraCause.END_OF_STREAM
                : code == AVERROR_INVALIDDATA ? CameraCause.UNREADABLE : CameraCause.FAILED;
        String what = isOver ? "the other side closed the stream" : "reading failed: " + FfmpegErrors.text(code);
        return CaptureException.of(cause, request.shown() + ": " + what + FfmpegErrors.advice(cause));
    }
}
