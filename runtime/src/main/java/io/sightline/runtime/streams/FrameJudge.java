package io.sightline.runtime.streams;

import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.topic.Topic;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;

/** From a record to what becomes of it. One per task, for one thread; it forwards nothing. */
final class FrameJudge<I, O> {
    /** What Kafka adds to a value (key, headers, batch) must fit between this and the largest record. */
    static final int MAX_MESSAGE_BYTES = Topic.MAX_RECORD_BYTES - 65_536;

    private final FrameStageSpec<I, O> spec;
    private final FrameWork<I, O> work;
    private final RecordReader<I> reader;

    FrameJudge(FrameStageSpec<I, O> spec, FrameWork<I, O> work) {
        this.spec = spec;
        this.work = work;
        this.reader = new RecordReader<>(spec.in(), work::header);
    }

    /**
     * What becomes of one record.
     *
     * @param result a word for counting
     * @param out the frame's way onward; absent only when no frame could be told
     * @param cause present where the record's bytes are to be set aside
     */
    record Verdict(
            String result, Optional<OutFrame> out, Optional<DeadLetters.Cause> cause, Optional<Throwable> thrown) {
        static Verdict of(String result, OutFrame out) {
            return new Verdict(result, Optional.of(out), Optional.empty(), Optional.empty());
        }
    }

    Verdict judge(Record<byte[], byte[]> record) {
        return reader.read(record, nowMicros()).fold(message -> message(message.value()), this::unreadable);
    }

    private Verdict unreadable(RecordReader.Unreadable<I> unreadable) {
        return new Verdict(
                unreadable.rejected().isPresent() ? "rejected" : "unreadable",
                unreadable.rejected().map(frame -> settled(stamped(frame))),
                Optional.of(new DeadLetters.Cause(Reason.MALFORMED.wireName(), unreadable.detail())),
                Optional.empty());
    }

    private Verdict message(I message) {
        FrameHeader header = work.header(message);
        if (header.isSettled()) {
            return Verdict.of("settled", settled(header));
        }
        long nowMicros = nowMicros();
        spec.meters().waited(nowMicros - header.times().lastStampMicros());
        if (isExpired(header.times().ageMicros(nowMicros))) {
            return Verdict.of("shed", settled(stamped(header).settle(Settlement.shed(Reason.EXPIRED))));
        }
        return worked(header, message);
    }

    private Verdict worked(FrameHeader header, I message) {
        long begun = System.nanoTime();
        try {
            O out = work.work(message);
            byte[] encoded = spec.out().codec().encode(out);
            if (encoded.length > MAX_MESSAGE_BYTES) {
                throw new UnprocessableFrameException(
                        Reason.OVERSIZE,
                        "frame " + header.id() + " has become " + encoded.length + " bytes for " + spec.out()
                                + " (limit " + MAX_MESSAGE_BYTES
                                + "): lower the camera's max-width-px or its JPEG quality");
            }
            spec.meters().aged(header.times().ageMicros(nowMicros()));
            return Verdict.of("done", new OutFrame(header.id(), encoded));
        } catch (UnprocessableFrameException e) {
            return rejected(header, e.reason(), e, Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return rejected(header, Reason.FAILED, e, Optional.of(e));
        } finally {
            spec.meters().service(System.nanoTime() - begun);
        }
    }

    private Verdict rejected(FrameHeader header, Reason reason, Throwable cause, Optional<Throwable> thrown) {
        OutFrame out = settled(stamped(header).settle(Settlement.rejected(reason)));
        return new Verdict(
                "rejected", Optional.of(out), Optional.of(DeadLetters.Cause.of(reason.wireName(), cause)), thrown);
    }

    private OutFrame settled(FrameHeader header) {
        return new OutFrame(header.id(), spec.out().codec().encode(work.settled(header)));
    }

    private boolean isExpired(long ageMicros) {
        return !spec.maxAge().isZero()
                && ageMicros > TimeUnit.NANOSECONDS.toMicros(spec.maxAge().toNanos());
    }

    private FrameHeader stamped(FrameHeader header) {
        FrameTimes times = header.times();
        return header.withTimes(
                switch (spec.stage()) {
                    case INGEST -> times.published(nowMicros());
                    case DETECT -> times.detected(nowMicros());
                    case EMBED -> times.embedded(nowMicros());
                    case MATCH -> times;
                });
    }

    private long nowMicros() {
        return Micros.now(spec.clock());
    }
}
