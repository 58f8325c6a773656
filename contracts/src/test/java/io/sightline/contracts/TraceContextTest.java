package io.sightline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final FrameId FRAME = new FrameId(new CameraId("lobby"), 1_700_000_000_000L, 7);

    @Test
    void everybodyWhoKnowsTheFrameKnowsItsTrace() {
        assertThat(TraceContext.of(FRAME, 0)).isEqualTo(TraceContext.of(FRAME, 0));
        assertThat(TraceContext.of(FRAME, 0).traceId())
                .isNotEqualTo(TraceContext.of(new FrameId(FRAME.camera(), FRAME.epoch(), 8), 0)
                        .traceId());
    }

    @Test
    void headerIsReadAsItWasWritten() {
        TraceContext sampled = TraceContext.of(FRAME, 1);

        assertThat(sampled.toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(TraceContext.parse(sampled.header())).contains(sampled);
        assertThat(TraceContext.parse(TraceContext.of(FRAME, 0).header()))
                .hasValueSatisfying(context -> assertThat(context.isSampled()).isFalse());
    }

    @Test
    void shareOfFramesThatIsChosenIsTheOneAskedFor() {
        long chosen = LongStream.range(0, 20_000)
                .filter(seq -> TraceContext.of(new FrameId(FRAME.camera(), FRAME.epoch(), seq), 0.1)
                        .isSampled())
                .count();

        // five standard deviations of a binomial: 20 000 at 0.1
        assertThat(chosen).isBetween(2_000L - 212, 2_000L + 212);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void whatIsNoTraceParentIsPassedOver(String header) {
        assertThat(TraceContext.parse(header.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void laterVersionsAreReadAsThisOne() {
        String later = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-will-be-like";

        assertThat(TraceContext.parse(later.getBytes(StandardCharsets.UTF_8)))
                .contains(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true));
    }

    @Test
    void idsOfTheWrongLengthAreRefused() {
        assertThatThrownBy(() -> new TraceContext("ab", "00f067aa0ba902b7", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ab");
    }
}
