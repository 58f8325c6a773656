package io.sightline.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net under every processor: a record on which one throws becomes a dead letter, and the next is processed. Where
 * Kafka is the cause, the thread is replaced and the record comes again. Kafka makes it by name.
 */
public final class SetAsideFailedRecords implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SetAsideFailedRecords.class);

    private @Nullable MeterRegistry registry;
    private Stage stage = Stage.MATCH;

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(StreamsProperties.REGISTRY) instanceof MeterRegistry given) {
            registry = given;
        }
        if (configs.get(StreamsProperties.STAGE) instanceof Stage given) {
            stage = given;
        }
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (exception instanceof KafkaException || Thread.currentThread().isInterrupted()) {
            return Response.fail();
        }
        DeadLetters.Cause cause = DeadLetters.Cause.of(Reason.FAILED.wireName(), exception);
        DeadLetter letter = DeadLetters.of(stage, place(context), raw(context), cause, Micros.now(Clock.systemUTC()));
        LOG.error("{}: a processor failed on a record: {}", stage.wireName(), letter, exception);
        if (registry != null) {
            Meters.counter(registry, SightlineMeter.DEAD_LETTERS, stage.wireName(), letter.reason())
                    .increment();
        }
        return Response.resume(List.of(new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(),
                letter.key().get(),
                Topics.DEAD_LETTERS.codec().encode(letter))));
    }

    private static @Nullable RecordMetadata place(ErrorHandlerContext context) {
        return context.topic() == null
                ? null
                : new ProcessorRecordContext(
                        context.timestamp(), context.offset(), context.partition(), context.topic(), context.headers());
    }

    private static Record<byte[], byte[]> raw(ErrorHandlerContext context) {
        return new Record<>(context.sourceRawKey(), context.sourceRawValue(), Math.max(0, context.timestamp()));
    }
}
