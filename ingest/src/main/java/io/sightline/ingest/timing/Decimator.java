package io.sightline.ingest.timing;

/**
 * Takes pictures at a lower rate by their time stamps: those nearest to an even grid, so that 30 become exactly 25 a
 * second, also when stamps jitter by up to a tenth of the interval. One per camera, one thread.
 */
public final class Decimator {
    private static final double TOLERANCE = 0.1;

    private final double intervalMicros;
    private double dueMicros = Double.NEGATIVE_INFINITY;

    /** {@code fps} 0 takes every picture. */
    public Decimator(double fps) {
        if (!(fps >= 0) || !Double.isFinite(fps)) {
            throw new IllegalArgumentException("frame rate " + fps + " is not 0 (every frame) or above");
        }
        this.intervalMicros = fps == 0 ? 0 : 1e6 / fps;
    }

    /** Whether the picture of this moment is taken. Stamps may jump, also backwards: the grid starts anew. */
    public boolean takes(long micros) {
        if (intervalMicros == 0) {
            return true;
        }
        boolean jumped = Math.abs(micros - dueMicros) > 2 * intervalMicros;
        if (!jumped && micros < dueMicros - TOLERANCE * intervalMicros) {
            return false;
        }
        dueMicros = jumped ? micros + intervalMicros : dueMicros + intervalMicros;
        return true;
    }
}
