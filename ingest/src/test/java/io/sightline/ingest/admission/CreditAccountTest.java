package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CreditAccountTest {
    private static final CreditSettings SETTINGS =
            new CreditSettings(Duration.ofMillis(400), 2, 8, 16, Duration.ofSeconds(10));

    private final FleetWindow fleet = new FleetWindow(SETTINGS, 1);
    private final CreditAccount account = new CreditAccount(fleet, SETTINGS);

    @Test
    void fullWindowGivesNoCreditUntilAFrameIsSettled() {
        send(0, 1);

        assertThat(account.hasCredit()).isFalse();
        account.settled(0, 50, 1);

        assertThat(account.hasCredit()).isTrue();
        assertThat(account.inFlight()).isEqualTo(1);
    }

    @Test
    void lateFrameMakesTheWindowSmaller() {
        send(0, 1);

        account.settled(1, 401, 1);

        assertThat(fleet.framesPerCamera()).isEqualTo(1);
    }

    @Test
    void latencyOfAFrameThatWasShedDoesNotCount() {
        send(0, 1);

        // 5 was shed here and waited for its run; its age says nothing about the stages
        account.settled(5, 1_000, 1);

        assertThat(fleet.framesPerCamera()).isEqualTo(2);
        assertThat(account.inFlight()).isZero();
    }

    @Test
    void windowGrowsOnlyIfSomebodyWasRefused() {
        for (int seq = 0; seq < 20; seq++) {
            account.sent(seq, 0);
            account.settled(seq, 10, 0);
        }
        assertThat(fleet.framesPerCamera()).isEqualTo(2);

        send(20, 21);
        assertThat(account.hasCredit()).isFalse();
        account.settled(21, 10, 0);

        send(22, 23);
        assertThat(account.hasCredit()).isFalse();
        account.settled(23, 10, 0);
        assertThat(fleet.framesPerCamera()).isEqualTo(3);
    }

    @Test
    void windowThatShrankComesBackToItsStartByItself() {
        send(0, 1);
        account.settled(1, 401, 1);
        assertThat(fleet.framesPerCamera()).isEqualTo(1);

        account.sent(2, 2);
        account.settled(2, 10, 3);

        assertThat(fleet.framesPerCamera()).isEqualTo(2);
    }

    @Test
    void answerThatNeverComesIsForgottenAfterAWhile() {
        send(0, 1);

        int early = account.expire(Duration.ofMillis(9_999).toNanos());
        int due = account.expire(Duration.ofSeconds(10).toNanos());

        assertThat(early).isZero();
        assertThat(due).isEqualTo(2);
        assertThat(account.hasCredit()).isTrue();
        assertThat(fleet.framesPerCamera()).isEqualTo(1);
    }

    @Test
    void failedSendGivesItsCreditBack() {
        send(0, 1);

        account.withdrawn(1);

        assertThat(account.hasCredit()).isTrue();
    }

    @Test
    void everyCameraMayAlwaysHaveOneFrameInFlight() {
        FleetWindow crowded = new FleetWindow(SETTINGS, 100);

        for (int camera = 0; camera < 100; camera++) {
            CreditAccount one = new CreditAccount(crowded, SETTINGS);
            assertThat(one.hasCredit()).isTrue();
            one.sent(0, 0);
            assertThat(one.hasCredit()).isFalse();
        }
    }

    @Test
    void windowThatDoesNotDivideEvenlyIsStillUsedWhole() {
        FleetWindow three =
                new FleetWindow(new CreditSettings(Duration.ofMillis(400), 1, 8, 16, Duration.ofSeconds(10)), 3);
        three.share(2);
        CreditAccount first = new CreditAccount(three, SETTINGS);
        CreditAccount second = new CreditAccount(three, SETTINGS);

        first.sent(0, 0);
        assertThat(first.hasCredit()).isTrue();
        first.sent(1, 0);
        second.sent(0, 0);

        assertThat(first.hasCredit()).isFalse();
        assertThat(second.hasCredit()).isFalse();
    }

    private void send(long... seqs) {
        for (long seq : seqs) {
            account.sent(seq, 0);
        }
    }
}
