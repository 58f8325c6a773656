package io.sightline.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.contracts.ops.Stage;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that Kafka would refuse again (too large) is given up, counted and logged, without its contents; what may
 * succeed later is tried again; for all else the stream thread is replaced. Kafka makes it by name.
 */
public final class GiveUpRefusedRecords implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(GiveUpRefusedRecords.class);

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
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (isFinal(exception)) {
            giveUp(context, record.topic(), exception);
            return Response.resume();
        }
        if (exception instanceof RetriableException) {
            return Response.retry();
        }
        LOG.error(
                "{}: {} does not take a record: {}", stage.wireName(), record.topic(), DeadLetters.sentence(exception));
        return Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // Kafka's signature
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        giveUp(context, record.topic(), exception);
        return Response.resume();
    }

    private static boolean isFinal(Exception exception) {
        return exception instanceof RecordTooLargeException
                || exception instanceof RecordBatchTooLargeException
                || exception instanceof SerializationException;
    }

    private void giveUp(ErrorHandlerContext context, String topic, Exception exception) {
        LOG.error(
                "{}: gave up a record for {} made from {}-{}@{}: {}",
                stage.wireName(),
                topic,
                context.topic(),
                context.partition(),
                context.offset(),
                DeadLetters.sentence(exception));
        if (registry != null) {
            Meters.counter(registry, SightlineMeter.SEND_FAILURES, stage.wireName(), "refused")
                    .increment();
        }
    }
}
