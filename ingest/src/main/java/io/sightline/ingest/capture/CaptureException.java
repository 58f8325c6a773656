package io.sightline.ingest.capture;

import io.sightline.ingest.life.CameraCause;

/** A source cannot be opened, or stopped giving pictures. The message says why, without credentials. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CameraCause why;
    private final boolean isStopRequested;

    private CaptureException(CameraCause why, String message, boolean isStopRequested) {
        super(message);
        this.why = why;
        this.isStopRequested = isStopRequested;
    }

    static CaptureException of(CameraCause why, String message) {
        return new CaptureException(why, message, false);
    }

    static CaptureException stopRequested() {
        return new CaptureException(CameraCause.FAILED, "stopped on request", true);
    }

    public CameraCause why() {
        return why;
    }

    /** Whether it ended because somebody asked, not because it failed. */
    public boolean isStopRequested() {
        return isStopRequested;
    }
}
