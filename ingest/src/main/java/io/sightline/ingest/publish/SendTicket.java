package io.sightline.ingest.publish;

import io.sightline.runtime.settings.Masking;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record that the producer refused at once (its callback runs within {@code send}) from one that it took and failed
 * later. Whoever comes second, sender or callback, finds what the first has noted.
 */
final class SendTicket {
    private final FrameSink.Delivery delivery;
    private final AtomicReference<State> state = new AtomicReference<>(State.SENDING);

    private enum State {
        SENDING,
        TAKEN,
        ACKNOWLEDGED,
        FAILED
    }

    SendTicket(FrameSink.Delivery delivery) {
        this.delivery = delivery;
    }

    /** The producer's callback. */
    void completed(@Nullable Exception failure) {
        if (failure == null) {
            state.set(State.ACKNOWLEDGED);
            delivery.acknowledged();
        } else if (!state.compareAndSet(State.SENDING, State.FAILED)) {
            delivery.failed(
                    failure.getClass().getSimpleName() + ": " + Masking.text(String.valueOf(failure.getMessage())));
        }
    }

    /** After {@code send} returned: false if the record was refused, and nobody will hear of it again. */
    boolean wasTaken() {
        return state.compareAndSet(State.SENDING, State.TAKEN) || state.get() != State.FAILED;
    }
}
