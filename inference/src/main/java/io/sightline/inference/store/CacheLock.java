package io.sightline.inference.store;

import io.sightline.inference.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** One fetch at a time per cache folder, over all processes and threads. The system releases it when a process dies. */
final class CacheLock implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 50;

    private final Path folder;
    private final FileChannel channel;

    private CacheLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static CacheLock acquire(Path cacheDir) throws IOException, InterruptedException {
        Path file = cacheDir.resolve(".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isHeld = false;
        try {
            long startNanos = System.nanoTime();
            isHeld = tryLock(channel);
            while (!isHeld) {
                if (System.nanoTime() - startNanos > LONGEST_WAIT.toNanos()) {
                    throw new ModelException("another fetch has held " + file + " for " + LONGEST_WAIT.toMinutes()
                            + " minutes: end that process, then try again");
                }
                Thread.sleep(POLL_MILLIS);
                isHeld = tryLock(channel);
            }
            return new CacheLock(cacheDir, channel);
        } finally {
            if (!isHeld) {
                channel.close();
            }
        }
    }

    /** The cache folder, which only the holder changes. */
    Path folder() {
        return folder;
    }

    /** Closing the channel releases its lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** False while another process, or another thread of this one, holds it. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
