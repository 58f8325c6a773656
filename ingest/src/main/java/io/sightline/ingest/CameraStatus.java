package io.sightline.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.contracts.frame.TimeSource;
import io.sightline.ingest.life.CameraLife;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What others may know of a camera. Its worker writes, others read. Thread-safe. */
final class CameraStatus {
    @GuardedBy("this")
    private Snapshot snapshot = new Snapshot(CameraLife.begin(), Optional.empty(), 0, 0, Optional.empty(), 0, 0);

    /**
     * One moment's view.
     *
     * @param changes grows when the life's phase or cause changes
     */
    record Snapshot(
            CameraLife life,
            Optional<String> codec,
            int widthPx,
            int heightPx,
            Optional<TimeSource> timeSource,
            long lastPictureNanos,
            long changes) {
        boolean hasPicture() {
            return codec.isPresent();
        }
    }

    synchronized Snapshot snapshot() {
        return snapshot;
    }

    /** Moves the life on; returns the new one. */
    synchronized CameraLife move(UnaryOperator<CameraLife> event) {
        Snapshot old = snapshot;
        CameraLife life = event.apply(old.life);
        boolean isChange = life.phase() != old.life.phase() || !life.cause().equals(old.life.cause());
        snapshot = new Snapshot(
                life,
                old.codec,
                old.widthPx,
                old.heightPx,
                old.timeSource,
                old.lastPictureNanos,
                old.changes + (isChange ? 1 : 0));
        return life;
    }

    /** A picture was decoded. */
    synchronized void picture(String codec, int widthPx, int heightPx, TimeSource timeSource, long nowNanos) {
        snapshot = new Snapshot(
                snapshot.life,
                Optional.of(codec),
                widthPx,
                heightPx,
                Optional.of(timeSource),
                nowNanos,
                snapshot.changes);
    }
}
