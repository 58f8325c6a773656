package io.sightline.contracts.wire;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.FrameTimes;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TimeSource;
import java.util.Optional;

/** The frame header as Protobuf. */
final class HeaderForm {
    private HeaderForm() {}

    static io.sightline.contracts.wire.v1.FrameHeader write(FrameHeader header) {
        FrameTimes times = header.times();
        var wire = io.sightline.contracts.wire.v1.FrameHeader.newBuilder()
                .setCamera(header.id().camera().value())
                .setEpoch(header.id().epoch())
                .setSeq(header.id().seq())
                .setRunLength(header.runLength())
                .setCapturedAtUs(times.capturedAtMicros())
                .setTimeSource(write(times.source()))
                .setReceivedAtUs(times.receivedAtMicros())
                .setWidthPx(header.widthPx())
                .setHeightPx(header.heightPx())
                .setPublishedAtUs(times.publishedAtMicros())
                .setDetectedAtUs(times.detectedAtMicros())
                .setEmbeddedAtUs(times.embeddedAtMicros());
        header.settlement()
                .ifPresent(settlement -> wire.setSettlement(io.sightline.contracts.wire.v1.Settlement.newBuilder()
                        .setOutcome(settlement.outcome().wireName())
                        .setReason(settlement.reason().wireName())));
        return wire.build();
    }

    static FrameHeader read(io.sightline.contracts.wire.v1.FrameHeader wire) {
        FrameTimes times = new FrameTimes(
                wire.getCapturedAtUs(),
                read(wire.getTimeSource()),
                wire.getReceivedAtUs(),
                wire.getPublishedAtUs(),
                wire.getDetectedAtUs(),
                wire.getEmbeddedAtUs());
        Optional<Settlement> settlement = wire.hasSettlement()
                ? Optional.of(new Settlement(
                        Outcome.ofWireName(wire.getSettlement().getOutcome()),
                        Reason.ofWireName(wire.getSettlement().getReason())))
                : Optional.empty();
        return new FrameHeader(
                new FrameId(new CameraId(wire.getCamera()), wire.getEpoch(), wire.getSeq()),
                wire.getRunLength(),
                times,
                wire.getWidthPx(),
                wire.getHeightPx(),
                settlement);
    }

    private static io.sightline.contracts.wire.v1.TimeSource write(TimeSource source) {
        return switch (source) {
            case RTCP -> io.sightline.contracts.wire.v1.TimeSource.TIME_SOURCE_RTCP;
            case STREAM -> io.sightline.contracts.wire.v1.TimeSource.TIME_SOURCE_STREAM;
            case ARRIVAL -> io.sightline.contracts.wire.v1.TimeSource.TIME_SOURCE_ARRIVAL;
            case FILE -> io.sightline.contracts.wire.v1.TimeSource.TIME_SOURCE_FILE;
        };
    }

    private static TimeSource read(io.sightline.contracts.wire.v1.TimeSource source) {
        return switch (source) {
            case TIME_SOURCE_RTCP -> TimeSource.RTCP;
            case TIME_SOURCE_STREAM -> TimeSource.STREAM;
            case TIME_SOURCE_ARRIVAL -> TimeSource.ARRIVAL;
            case TIME_SOURCE_FILE -> TimeSource.FILE;
            case TIME_SOURCE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("frame header without a time source");
        };
    }
}
