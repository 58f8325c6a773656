package io.sightline.ingest.publish;

import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.runtime.settings.Masking;
import io.sightline.runtime.streams.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code settled} from its end on, read committed, in a thread of its own ({@code ingest-settled}), and hands each
 * record to the lanes. Waits for a broker or topic that is not there, and begins anew after a failure.
 */
public final class CreditReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CreditReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaConnection kafka;
    private final Consumer<Settled> lanes;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ingest-settled");

    private CreditReader(KafkaConnection kafka, Consumer<Settled> lanes) {
        this.kafka = kafka;
        this.lanes = lanes;
    }

    /** {@code lanes} is called on the reader's thread. */
    public static CreditReader start(KafkaConnection kafka, Consumer<Settled> lanes) {
        CreditReader reader = new CreditReader(kafka, lanes);
        reader.thread.start();
        return reader;
    }

    /** Ends the thread; waits for it a few seconds at most. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean isFirst = true;
        while (isFirst ? stop.getCount() > 0 : !isStoppedWithin(RETRY)) {
            isFirst = false;
            try (KafkaConsumer<byte[], byte[]> consumer = TopicConsumers.create(kafka, "sightline-ingest-settled")) {
                follow(consumer);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                LOG.warn(
                        "cannot read {}: {}; trying again",
                        Topics.SETTLED,
                        Masking.text(String.valueOf(e.getMessage())));
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = TopicConsumers.partitions(consumer, Topics.SETTLED);
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        while (stop.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hand(record);
            }
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            lanes.accept(Topics.SETTLED.codec().decode(record.value()));
        } catch (MalformedMessageException e) {
            LOG.warn(
                    "{} partition {} offset {} is not readable: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private boolean isStoppedWithin(Duration wait) {
        try {
            return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
