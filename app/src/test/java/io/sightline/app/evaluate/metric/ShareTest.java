package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {
    /** Agresti and Coull (1998, "Approximate is better than exact") give 0 to 0.161 for 0 of 20; the others were computed by hand from Wilson's formula. */
    @Test
    void intervalIsWilsons() {
        assertThat(new Share(0, 20).low()).isZero();
        assertThat(new Share(0, 20).high()).isCloseTo(0.1611, within(1e-4));
        assertThat(new Share(81, 263).low()).isCloseTo(0.2553, within(1e-4));
        assertThat(new Share(81, 263).high()).isCloseTo(0.3662, within(1e-4));
        assertThat(new Share(20, 20).low()).isCloseTo(1 - 0.1611, within(1e-4));
        assertThat(new Share(20, 20).high()).isEqualTo(1);
    }

    @Test
    void withoutTrialsThereIsNoRate() {
        assertThat(new Share(0, 0).rate()).isNaN();
        assertThat(new Share(0, 0).percent()).isEqualTo("none");
        assertThat(new Share(0, 0).tree()).doesNotContainKey("rate");
    }

    @Test
    void isWrittenWithIntervalAndCounts() {
        assertThat(new Share(81, 263).percent()).isEqualTo("30.80 % (25.53–36.62; 81 of 263)");
        assertThat(new Share(3, 100_000).scientific()).isEqualTo("3.0e-05 (1.0e-05–8.8e-05; 3 of 100000)");
    }

    @Test
    void moreThanAllIsNoShare() {
        assertThatThrownBy(() -> new Share(3, 2)).hasMessage("3 of 2 is no share");
    }
}
