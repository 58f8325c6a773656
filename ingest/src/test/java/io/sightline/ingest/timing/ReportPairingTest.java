package io.sightline.ingest.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReportPairingTest {
    private static final long ORIGIN = 1_700_000_000_000_000L;
    private static final OptionalLong KNOWN = OptionalLong.of(ORIGIN);

    private final ReportPairing pairing = new ReportPairing();

    @Test
    void wallTimeThatIsOneFrameAheadBelongsToTheNextPacket() {
        assertThat(pairing.wallOf(0, OptionalLong.of(ORIGIN + 40_000), KNOWN)).isEmpty();
        assertThat(pairing.wallOf(40_000, OptionalLong.of(ORIGIN + 80_000), KNOWN))
                .hasValue(ORIGIN + 40_000);
        assertThat(pairing.wallOf(80_000, OptionalLong.of(ORIGIN + 120_000), KNOWN))
                .hasValue(ORIGIN + 80_000);
    }

    @Test
    void wallTimeOfItsOwnPacketStays() {
        pairing.wallOf(0, OptionalLong.of(ORIGIN), KNOWN);

        assertThat(pairing.wallOf(40_000, OptionalLong.of(ORIGIN + 40_003), KNOWN))
                .hasValue(ORIGIN + 40_003);
    }

    @Test
    void pairingOnceKnownOutlivesTheDriftOfTheCamerasClock() {
        pairing.wallOf(0, OptionalLong.of(ORIGIN + 40_000), KNOWN);
        pairing.wallOf(40_000, OptionalLong.of(ORIGIN + 80_000), KNOWN);
        long drift = 3_000_000;

        pairing.wallOf(3_600_000_000L, OptionalLong.of(ORIGIN + 3_600_040_000L + drift), KNOWN);

        assertThat(pairing.wallOf(3_600_040_000L, OptionalLong.of(0), KNOWN)).hasValue(ORIGIN + 3_600_040_000L + drift);
    }

    @Test
    void withoutReportsThereIsNoWallTime() {
        assertThat(pairing.wallOf(0, OptionalLong.empty(), OptionalLong.empty()))
                .isEmpty();
        assertThat(pairing.wallOf(40_000, OptionalLong.of(ORIGIN), OptionalLong.empty()))
                .isEmpty();
    }
}
