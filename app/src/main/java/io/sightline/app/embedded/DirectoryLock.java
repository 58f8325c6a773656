package io.sightline.app.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One process at a time in a data folder: a lock on the file {@code sightline.lock} in it. The system frees it when the process
 * ends. Two brokers on one folder would damage each other's shutdown, which Kafka's own lock does not prevent.
 */
final class DirectoryLock implements AutoCloseable {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder where it is missing and locks it.
     *
     * @param patience how long to wait for one who is just leaving
     */
    static DirectoryLock acquire(Path directory, Duration patience) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot make the data folder " + directory + " (" + e.getMessage()
                            + "): choose one that can be written",
                    e);
        }
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        Optional<DirectoryLock> lock = tryAcquire(directory);
        while (lock.isEmpty() && System.nanoTime() < deadlineNanos) {
            LockSupport.parkNanos(RETRY_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            lock = tryAcquire(directory);
        }
        return lock.orElseThrow(
                () -> new EmbeddedServerException(
                        "the data folder " + directory
                                + " is in use by another Sightline: stop that one, or give this one a folder of its own with --home or SIGHTLINE_HOME"));
    }

    private static Optional<DirectoryLock> tryAcquire(Path directory) {
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve("sightline.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return Optional.of(new DirectoryLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot write to the data folder " + directory + " (" + e.getMessage()
                            + "): check its owner and its disk, or choose another",
                    e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot free the lock of a data folder: " + e.getMessage(), e);
        }
    }
}
