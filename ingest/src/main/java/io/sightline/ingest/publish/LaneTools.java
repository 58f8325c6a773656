package io.sightline.ingest.publish;

import io.sightline.contracts.topic.Topic;
import io.sightline.ingest.admission.CreditSettings;
import io.sightline.ingest.admission.FleetWindow;
import java.time.Duration;

/**
 * What the lanes of a fleet share.
 *
 * @param brokerPatience without an acknowledgement for this long, the broker counts as away
 * @param maxPictureBytes a picture above this does not fit into a record
 */
public record LaneTools(
        FrameSink sink, FleetWindow window, CreditSettings credit, Duration brokerPatience, int maxPictureBytes) {
    /** Room for the header and Kafka's own framing. */
    private static final int OVERHEAD_BYTES = 64 * 1024;

    public static LaneTools of(FrameSink sink, CreditSettings credit, int cameras, Duration brokerPatience) {
        return new LaneTools(
                sink,
                new FleetWindow(credit, cameras),
                credit,
                brokerPatience,
                Topic.MAX_RECORD_BYTES - OVERHEAD_BYTES);
    }
}
