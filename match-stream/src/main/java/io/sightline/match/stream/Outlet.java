package io.sightline.match.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sightline.contracts.frame.TraceContext;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The sinks of the stage: a message goes to its topic, keyed by camera. */
final class Outlet {
    private final ProcessorContext<byte[], byte[]> context;
    private final MatchMeters meters;

    Outlet(ProcessorContext<byte[], byte[]> context, MatchMeters meters) {
        this.context = context;
        this.meters = meters;
    }

    /** @param atMicros becomes the record's time stamp */
    <V> void send(Topic<V> topic, String camera, V message, long atMicros) {
        byte[] value = topic.codec().encode(message);
        context.forward(new Record<>(camera.getBytes(UTF_8), value, atMicros / 1_000), topic.shortName());
    }

    /** A consumer may go on with the frame's trace. */
    void identities(Identities message, Optional<TraceContext> trace, long atMicros) {
        Headers headers = new RecordHeaders();
        trace.ifPresent(context -> headers.add(Topics.TRACE_PARENT_HEADER, context.header()));
        byte[] key = message.camera().getBytes(UTF_8);
        byte[] value = Topics.IDENTITIES.codec().encode(message);
        context.forward(new Record<>(key, value, atMicros / 1_000, headers), Topics.IDENTITIES.shortName());
    }

    /** What came with a record; what is no context is passed over. */
    static Optional<TraceContext> trace(Record<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(Topics.TRACE_PARENT_HEADER))
                .map(Header::value)
                .flatMap(TraceContext::parse);
    }

    void sightings(String camera, List<Sighting> events, long atMicros) {
        for (Sighting event : events) {
            send(Topics.SIGHTINGS, camera, event, atMicros);
            meters.sighting(event.change());
        }
    }

    void ledger(Ledger ledger, boolean isFinal, long atMicros) {
        send(Topics.LEDGER, ledger.camera(), LedgerEntry.of(ledger, atMicros, isFinal), atMicros);
    }
}
