package io.sightline.app.report;

import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The records of the topics that a report reads, decoded and folded. No I/O. Belongs to one thread at a time. */
final class RunRecords {
    static final List<Topic<?>> TOPICS = List.of(Topics.IDENTITIES, Topics.SIGHTINGS, Topics.LEDGER, Topics.CAMERAS);

    private final RunTally tally;

    RunRecords(TallySpec spec) {
        this.tally = new RunTally(spec);
    }

    RunTally tally() {
        return tally;
    }

    /**
     * Folds one record in; a deletion (no value) means nothing here. A record that cannot be read is counted, then thrown as
     * {@link MalformedMessageException} to be told.
     */
    void accept(String topic, byte @Nullable [] value, long seenAtMicros) {
        if (value == null) {
            return;
        }
        try {
            fold(topic, value, Topics.IDENTITIES, (into, message) -> into.identities(message, seenAtMicros));
            fold(topic, value, Topics.SIGHTINGS, RunTally::sighting);
            fold(topic, value, Topics.LEDGER, RunTally::ledger);
            fold(topic, value, Topics.CAMERAS, RunTally::camera);
        } catch (MalformedMessageException e) {
            tally.unreadable();
            throw e;
        }
    }

    private <V> void fold(String name, byte[] value, Topic<V> topic, BiConsumer<RunTally, V> fold) {
        if (!name.equals(topic.name())) {
            return;
        }
        V message = topic.codec().decode(value);
        try {
            fold.accept(tally, message);
        } catch (RuntimeException e) {
            throw new MalformedMessageException(
                    "a " + topic.shortName() + " record that makes no sense: " + e.getMessage(), Optional.empty(), e);
        }
    }
}
