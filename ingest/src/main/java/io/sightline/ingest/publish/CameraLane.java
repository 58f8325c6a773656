package io.sightline.ingest.publish;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.ledger.Settled;
import io.sightline.ingest.admission.CreditAccount;
import io.sightline.ingest.capture.EncodedPicture;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One camera's way to the topic in one epoch: gives the sequence numbers, keeps what is in flight, and holds settled
 * frames until their run can be published. Every number given reaches the sink, if only within a run.
 *
 * <p>The camera's thread calls {@link #admit}, {@link #publish} and {@link #settle}; a ticking thread calls {@link #tick};
 * the reader of {@code settled} calls {@link #onSettled}; the sink's thread reports deliveries into a queue that holds at
 * most what is in flight. The lock is never held while anything blocks.
 */
public final class CameraLane {
    private static final Duration LONGEST_RUN_WAIT = Duration.ofSeconds(1);
    private static final Settlement BROKER_AWAY = Settlement.shed(Reason.BROKER);

    private final CameraId camera;
    private final long epoch;
    private final LaneTools tools;
    private final LaneListener listener;
    private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final RunBuffer runs;

    @GuardedBy("lock")
    private final CreditAccount credit;

    @GuardedBy("lock")
    private final PendingDeliveries pending = new PendingDeliveries();

    @GuardedBy("lock")
    private long nextSeq;

    @GuardedBy("lock")
    private boolean isRefused;

    @GuardedBy("lock")
    private long changes;

    public CameraLane(CameraId camera, long epoch, LaneTools tools, LaneListener listener) {
        this.camera = camera;
        this.epoch = epoch;
        this.tools = tools;
        this.listener = listener;
        this.runs = new RunBuffer(camera, epoch);
        this.credit = new CreditAccount(tools.window(), tools.credit());
    }

    /** Whether the next picture may go; otherwise the reason for which it is to be shed. Asked before it is encoded. */
    public Optional<Reason> admit(long nowNanos) {
        lock.lock();
        try {
            turn(nowNanos);
            if (isBrokerAway(nowNanos)) {
                return Optional.of(Reason.BROKER);
            }
            return credit.hasCredit() ? Optional.empty() : Optional.of(Reason.ADMISSION);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change that may bring credit, at most {@code limit}; for sources that wait instead of shedding. */
    public void awaitChange(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long before = changes;
            long nanos = limit.toNanos();
            while (changes == before && reports.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the picture a number and hands it on; shed by {@code broker} if the sink does not take it. A picture over the
     * size of a record is rejected.
     */
    public void publish(FrameTimes times, EncodedPicture picture, long nowNanos) {
        if (!fits(picture)) {
            settle(times, Settlement.rejected(Reason.OVERSIZE), nowNanos);
            return;
        }
        lock.lock();
        try {
            long seq = number();
            FrameHeader header =
                    FrameHeader.open(new FrameId(camera, epoch, seq), times, picture.widthPx(), picture.heightPx());
            if (flush(nowNanos) && hand(new Frame(header, picture.jpeg()), nowNanos)) {
                credit.sent(seq, nowNanos);
                listener.published(times, picture.jpeg(), nowNanos);
            } else {
                book(seq, times, BROKER_AWAY, nowNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a picture fits into a record. */
    public boolean fits(EncodedPicture picture) {
        return picture.jpeg().sizeBytes() <= tools.maxPictureBytes();
    }

    /** Gives a number to a frame that ends here. */
    public void settle(FrameTimes times, Settlement settlement, long nowNanos) {
        lock.lock();
        try {
            book(number(), times, settlement, nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /** The stages decided all frames up to a number. Records of other epochs are ignored. */
    public void onSettled(Settled settled, long nowNanos) {
        if (settled.epoch() != epoch || !settled.camera().equals(camera.value())) {
            return;
        }
        lock.lock();
        try {
            credit.settled(settled.lastSeq(), settled.latencyMs(), nowNanos);
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes reports in, lets old credit expire, and publishes runs that have waited long enough. */
    public void tick(long nowNanos) {
        lock.lock();
        try {
            turn(nowNanos);
            boolean isDue = runs.waitsSinceNanos()
                    .map(since -> nowNanos - since >= LONGEST_RUN_WAIT.toNanos())
                    .orElse(false);
            if (isDue && !pending.isOverdue(nowNanos, tools.brokerPatience())) {
                flush(nowNanos);
            }
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Publishes what waits, due or not, and says whether everything is acknowledged. */
    public boolean drain(long nowNanos) {
        lock.lock();
        try {
            turn(nowNanos);
            boolean isFlushed = flush(nowNanos);
            turn(nowNanos);
            return isFlushed && runs.isEmpty() && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    public LaneProgress progress() {
        lock.lock();
        try {
            return new LaneProgress(epoch, nextSeq, credit.inFlight(), runs.frames() + pending.frames());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private long number() {
        listener.numbered();
        return nextSeq++;
    }

    @GuardedBy("lock")
    private void turn(long nowNanos) {
        for (Report report = reports.poll(); report != null; report = reports.poll()) {
            pending.done(report.seq);
            if (report.isFailure) {
                comeBack(report, nowNanos);
            }
        }
        int expired = credit.expire(nowNanos);
        if (expired > 0) {
            listener.creditExpired(expired);
        }
    }

    @GuardedBy("lock")
    private void comeBack(Report report, long nowNanos) {
        FrameHeader header = report.frame.header();
        credit.withdrawn(report.seq);
        runs.putBack(header, header.settlement().orElse(BROKER_AWAY), nowNanos);
        if (!header.isSettled()) {
            listener.settled(BROKER_AWAY);
        }
        listener.deliveryFailed(header, report.why);
    }

    @GuardedBy("lock")
    private void book(long seq, FrameTimes times, Settlement settlement, long nowNanos) {
        runs.add(seq, times, settlement, nowNanos);
        listener.settled(settlement);
    }

    @GuardedBy("lock")
    private boolean flush(long nowNanos) {
        for (Optional<Frame> run = runs.first(); run.isPresent(); run = runs.first()) {
            if (!hand(run.get(), nowNanos)) {
                return false;
            }
            runs.removeFirst();
        }
        return true;
    }

    @GuardedBy("lock")
    private boolean hand(Frame frame, long nowNanos) {
        long seq = frame.header().id().seq();
        pending.sent(seq, frame.header().runLength(), nowNanos);
        boolean isTaken = tools.sink().offer(frame, new LaneDelivery(frame));
        if (!isTaken) {
            pending.done(seq);
        }
        isRefused = !isTaken;
        return isTaken;
    }

    @GuardedBy("lock")
    private boolean isBrokerAway(long nowNanos) {
        if (pending.isOverdue(nowNanos, tools.brokerPatience())) {
            return true;
        }
        return isRefused && !flush(nowNanos);
    }

    private record Report(long seq, Frame frame, boolean isFailure, String why) {}

    private final class LaneDelivery implements FrameSink.Delivery {
        private final Frame frame;

        LaneDelivery(Frame frame) {
            // the picture is not needed any more: a failed frame comes back as a number
            this.frame = new Frame(frame.header(), Jpeg.none());
        }

        @Override
        public void acknowledged() {
            reports.add(new Report(frame.header().id().seq(), frame, false, ""));
        }

        @Override
        public void failed(String why) {
            reports.add(new Report(frame.header().id().seq(), frame, true, why));
        }
    }
}
