package io.sightline.match.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The sinks of the stage: a message goes to its topic, keyed by camera. */
final class Outlet {
    private final ProcessorContext<byte[], byte[]> context;

    Outlet(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    /** @param atMicros becomes the record's time stamp */
    <V> void send(Topic<V> topic, String camera, V message, long atMicros) {
        byte[] value = topic.codec().encode(message);
        context.forward(new Record<>(camera.getBytes(UTF_8), value, atMicros / 1_000), topic.shortName());
    }

    void sightings(String camera, List<Sighting> events, long atMicros) {
        events.forEach(event -> send(Topics.SIGHTINGS, camera, event, atMicros));
    }

    void ledger(Ledger ledger, boolean isFinal, long atMicros) {
        send(Topics.LEDGER, ledger.camera(), LedgerEntry.of(ledger, atMicros, isFinal), atMicros);
    }
}
