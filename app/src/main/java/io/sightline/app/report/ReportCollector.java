package io.sightline.app.report;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a run as any consumer of its topics could, and measures latency where it counts: between a frame's receipt and the moment at which its
 * identity could be read here. One reader thread, {@code report-collector}, folds; any thread may ask. The clock must be the one that ingest
 * stamps with, or of a machine kept in step with it.
 */
public final class ReportCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportCollector.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Clock clock;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final RunRecords records;

    private final TopicReader reader;

    private ReportCollector(KafkaConnection kafka, TallySpec spec, Clock clock) {
        this.clock = clock;
        this.records = new RunRecords(spec);
        this.reader = TopicReader.start(
                new ReaderSpec("report-collector", RunRecords.TOPICS, ReaderSpec.From.END), kafka, this::fold);
    }

    /**
     * Starts at the topics' ends: start it before ingest, so that it sees the first frame. Throws {@link IllegalStateException} when a
     * topic is missing.
     */
    public static ReportCollector start(KafkaConnection kafka, TallySpec spec, Clock clock) {
        return new ReportCollector(kafka, spec, clock);
    }

    public RunSnapshot snapshot() {
        synchronized (lock) {
            return records.tally().snapshot(nowMicros());
        }
    }

    /**
     * The report as of now.
     *
     * @param captured ingest's own count of frames captured in this run, per camera
     */
    public Report report(Map<CameraId, Long> captured, ReportedModels models) {
        synchronized (lock) {
            return records.tally().report(captured, models);
        }
    }

    /**
     * Waits until every captured frame has its outcome; gives false when some have none after {@code atMost}.
     *
     * @param captured ingest's own count, asked again and again
     */
    public boolean awaitSettled(Supplier<Map<CameraId, Long>> captured, Duration atMost) {
        return await(state -> state.isSettled(captured.get()), atMost);
    }

    /** Waits until every sighting is closed; gives false when some are open after {@code atMost}. */
    public boolean awaitSightingsClosed(Duration atMost) {
        return await(state -> !state.hasOpenSightings(), atMost);
    }

    @Override
    public void close() {
        reader.close();
    }

    private boolean await(Predicate<RunTally> condition, Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            try {
                long leftMs = atMost.toMillis();
                while (!condition.test(records.tally()) && leftMs > 0) {
                    lock.wait(Math.min(leftMs, LOOK_AGAIN.toMillis()));
                    leftMs = (deadlineNanos - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return condition.test(records.tally());
        }
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        long seenAtMicros = nowMicros();
        synchronized (lock) {
            try {
                records.accept(record.topic(), record.value(), seenAtMicros);
            } catch (MalformedMessageException e) {
                tell(record, records.tally().unreadableRecords(), e);
            }
            lock.notifyAll();
        }
    }

    /** The first, second, fourth, eighth … of them, so that a flood of bad records does not become one of log lines. */
    private static void tell(ConsumerRecord<byte[], byte[]> record, long count, MalformedMessageException e) {
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "{} partition {} offset {} is passed over, unreadable record {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    count,
                    e);
        }
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
