package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CreditAccountTest {
    private static final CreditSettings SETTINGS =
            new CreditSettings(Duration.ofMillis(400), 2, 8, 16, Duration.ofSeconds(10));

    @Test
    void fullWindowGivesNoCreditUntilAFrameIsSettled() {
        CreditAccount account = new CreditAccount(SETTINGS);
        account.sent(0, 0);
        account.sent(1, 0);

        assertThat(account.hasCredit()).isFalse();
        account.settled(0, 50, 2);

        assertThat(account.hasCredit()).isTrue();
        assertThat(account.inFlight()).isEqualTo(1);
    }

    @Test
    void latencyOfAFrameThatWasShedDoesNotCount() {
        CreditAccount account = new CreditAccount(SETTINGS);
        account.sent(0, 0);

        // 5 was shed here and waited for its run; its age says nothing about the stages
        account.settled(5, 1_000, 6);

        assertThat(account.windowFrames()).isEqualTo(2);
        assertThat(account.inFlight()).isZero();
    }

    @Test
    void answerThatNeverComesIsForgottenAfterAWhile() {
        CreditAccount account = new CreditAccount(SETTINGS);
        account.sent(0, 0);
        account.sent(1, 0);

        int early = account.expire(Duration.ofMillis(9_999).toNanos(), 2);
        int due = account.expire(Duration.ofSeconds(10).toNanos(), 2);

        assertThat(early).isZero();
        assertThat(due).isEqualTo(2);
        assertThat(account.hasCredit()).isTrue();
        assertThat(account.windowFrames()).isEqualTo(1);
    }

    @Test
    void failedSendGivesItsCreditBack() {
        CreditAccount account = new CreditAccount(SETTINGS);
        account.sent(0, 0);
        account.sent(1, 0);

        account.withdrawn(1);

        assertThat(account.hasCredit()).isTrue();
    }

    @Test
    void shareOfTheFleetBoundsTheWindow() {
        CreditAccount account = new CreditAccount(SETTINGS);

        account.share(SETTINGS.share(100));
        account.sent(0, 0);

        assertThat(SETTINGS.share(100)).isEqualTo(1);
        assertThat(SETTINGS.share(4)).isEqualTo(4);
        assertThat(account.hasCredit()).isFalse();
    }
}
