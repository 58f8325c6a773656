package io.sightline.app.report;

import static io.sightline.app.report.RunFixtures.LOBBY;
import static io.sightline.app.report.RunFixtures.receivedAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.topic.Topics;
import io.sightline.contracts.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunRecordsTest {
    private static final String IDENTITIES = Topics.IDENTITIES.name();

    private final RunRecords records = new RunRecords(RunFixtures.spec());

    @Test
    void recordThatIsNotOursIsCountedAndTheNextOneIsRead() {
        for (String text :
                List.of("", "null", "[]", "{\"camera\":\"lobby\"}", "\u0000\u0001", "{\"outcome\":\"asleep\"}")) {
            assertThatThrownBy(() -> records.accept(IDENTITIES, text.getBytes(StandardCharsets.UTF_8), 0))
                    .as(text)
                    .isInstanceOf(MalformedMessageException.class);
        }

        records.accept(IDENTITIES, Topics.IDENTITIES.codec().encode(RunFixtures.frame(LOBBY, 0)), receivedAt(1));

        assertThat(records.tally().snapshot(receivedAt(1)).unreadable()).isEqualTo(6);
        assertThat(records.tally().settled()).containsEntry(LOBBY, 1L);
    }

    @Test
    void outcomeThatDoesNotExistIsUnreadable() {
        String text = new String(
                        Topics.IDENTITIES.codec().encode(RunFixtures.settled(LOBBY, 0, 2, Outcome.SHED, Reason.BROKER)),
                        StandardCharsets.UTF_8)
                .replace("\"shed\"", "\"lost\"");

        assertThatThrownBy(() -> records.accept(IDENTITIES, text.getBytes(StandardCharsets.UTF_8), 0))
                .hasMessageContaining("no outcome is called 'lost'");
    }

    @Test
    void deletionsAndOtherTopicsMeanNothing() {
        records.accept(Topics.CAMERAS.name(), null, 0);
        records.accept("somebody.elses", new byte[] {1}, 0);

        assertThat(records.tally().snapshot(0).unreadable()).isZero();
    }

    @Test
    void eachTopicIsFolded() {
        records.accept(
                Topics.SIGHTINGS.name(),
                Topics.SIGHTINGS.codec().encode(RunFixtures.sighting("s1", "opened", "Ada", 1, 1)),
                0);

        assertThat(records.tally().hasOpenSightings()).isTrue();
    }
}
