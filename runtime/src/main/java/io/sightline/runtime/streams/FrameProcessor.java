package io.sightline.runtime.streams;

import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.topic.Topics;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands records to the judge, forwards and counts what it says. One per task. */
final class FrameProcessor<I, O> implements Processor<byte[], byte[], byte[], byte[]> {
    private final FrameStageSpec<I, O> spec;
    private final FailureLog failures;
    private ProcessorContext<byte[], byte[]> context;
    private FrameWork<I, O> work;
    private FrameJudge<I, O> judge;

    @SuppressWarnings("NullAway.Init") // init gives context, work and judge
    FrameProcessor(FrameStageSpec<I, O> spec) {
        this.spec = spec;
        this.failures = new FailureLog(spec.clock());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
        work = spec.work().get();
        judge = new FrameJudge<>(spec, work);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        took(record);
        FrameJudge.Verdict verdict = judge.judge(record);
        spec.meters().record(verdict.result());
        verdict.cause().ifPresent(cause -> setAside(record, cause, verdict.thrown()));
        verdict.out()
                .ifPresent(frame -> context.forward(
                        frame.record(record, spec.clock().millis()), spec.out().shortName()));
    }

    @Override
    public void close() {
        work.close();
    }

    private void took(Record<byte[], byte[]> record) {
        long ageMillis = spec.clock().millis() - record.timestamp();
        context.recordMetadata()
                .ifPresent(place -> spec.meters().progress().took(place.partition(), place.offset(), ageMillis));
    }

    private void setAside(Record<byte[], byte[]> record, DeadLetters.Cause cause, Optional<Throwable> thrown) {
        DeadLetter letter = DeadLetters.of(
                spec.stage(), context.recordMetadata().orElse(null), record, cause, Micros.now(spec.clock()));
        spec.meters().deadLetter(letter.reason());
        failures.note(letter, thrown);
        context.forward(
                new Record<>(letter.key().get(), Topics.DEAD_LETTERS.codec().encode(letter), record.timestamp()),
                Topics.DEAD_LETTERS.shortName());
    }
}
