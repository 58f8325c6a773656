package io.sightline.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SendTicketTest {
    private final List<String> heard = new ArrayList<>();
    private final SendTicket ticket = new SendTicket(new FrameSink.Delivery() {
        @Override
        public void acknowledged() {
            heard.add("acknowledged");
        }

        @Override
        public void failed(String why) {
            heard.add(why);
        }
    });

    @Test
    void recordRefusedWithinSendIsNeverHeardOf() {
        ticket.completed(new TimeoutException("buffer full"));

        assertThat(ticket.wasTaken()).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void recordThatFailsLaterIsReportedOnceWithoutCredentials() {
        assertThat(ticket.wasTaken()).isTrue();

        ticket.completed(new TimeoutException("broker http://user:canary@host gone"));

        assertThat(heard).containsExactly("TimeoutException: broker http://***@host gone");
    }

    @Test
    void acknowledgementBeforeSendReturnsCountsAsTaken() {
        ticket.completed(null);

        assertThat(ticket.wasTaken()).isTrue();
        assertThat(heard).containsExactly("acknowledged");
    }
}
