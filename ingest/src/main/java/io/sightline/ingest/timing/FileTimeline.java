package io.sightline.ingest.timing;

/**
 * Positions of a file that is played once or over and over, on one line that always grows: 0 at the first picture, and
 * each play continues one picture's length after the end of the last. One per camera, one thread.
 */
public final class FileTimeline {
    private static final long DEFAULT_STEP_MICROS = 40_000;

    private boolean isPlayFresh = true;
    private long playBaseMicros;
    private long playFirstMicros;
    private long lastMicros = -1;
    private long stepMicros = DEFAULT_STEP_MICROS;

    /** The next picture's place on the line, microseconds; {@code positionMicros} is its stamp in the file. */
    public long place(long positionMicros) {
        if (isPlayFresh) {
            isPlayFresh = false;
            playFirstMicros = positionMicros;
            playBaseMicros = lastMicros < 0 ? 0 : lastMicros + stepMicros;
        }
        long placed = playBaseMicros + positionMicros - playFirstMicros;
        if (placed <= lastMicros) {
            placed = lastMicros + 1;
        } else if (lastMicros >= playBaseMicros) {
            stepMicros = placed - lastMicros;
        }
        lastMicros = placed;
        return placed;
    }

    /** A picture without a stamp comes one step after the last. */
    public long placeNext() {
        return isPlayFresh ? place(0) : place(playFirstMicros + lastMicros - playBaseMicros + stepMicros);
    }

    /** The file begins again. */
    public void restart() {
        isPlayFresh = true;
    }
}
