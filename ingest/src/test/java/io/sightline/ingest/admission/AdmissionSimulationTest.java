package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras before one server that takes {@code serviceMs} a frame: a model of stages with a bottleneck, in simulated time. */
class AdmissionSimulationTest {
    private static final CreditSettings SETTINGS = CreditSettings.defaults();

    @Test
    void camerasThatTheStagesCanCarryLoseNothing() {
        Run run = simulate(new int[] {25, 25}, 15);

        assertThat(run.shed).containsOnly(0);
    }

    @Test
    void overloadKeepsTheServerBusyAndLatencyNearItsTarget() {
        Run run = simulate(new int[] {25, 25, 25, 25}, 20);

        assertThat(run.served).isGreaterThan((int) (0.95 * 1_000 / 20 * Run.SECONDS));
        assertThat(run.latencyP95Ms()).isLessThan(600);
    }

    @Test
    void overloadIsSharedFairlyBetweenLikeCameras() {
        Run run = simulate(new int[] {25, 25, 25, 25}, 20);

        int least = Arrays.stream(run.sent).min().orElseThrow();
        int most = Arrays.stream(run.sent).max().orElseThrow();
        assertThat(least).isGreaterThan(most / 2);
    }

    @Test
    void cameraWhoseFramesAreAlwaysServedLastGetsItsShare() {
        Run run = simulate(new int[] {25, 25}, 40, Order.BY_CAMERA);

        assertThat(run.sent[1]).isGreaterThan(run.sent[0] * 3 / 4);
        assertThat(run.latencyP95Ms()).isLessThan(700);
    }

    @Test
    void slowCameraBesideFastOnesIsServedInFull() {
        Run run = simulate(new int[] {25, 25, 25, 2}, 20);

        assertThat(run.shed[3]).isLessThan(2 * Run.SECONDS / 10);
    }

    /** In which order the server takes what waits. */
    private enum Order {
        AS_SENT,
        /** Like a consumer that reads one partition after the other: whatever waits of the first camera, then of the next. */
        BY_CAMERA
    }

    private static Run simulate(int[] fps, int serviceMs) {
        return simulate(fps, serviceMs, Order.AS_SENT);
    }

    private static Run simulate(int[] fps, int serviceMs, Order order) {
        Run run = new Run(fps, order);
        for (long ms = 0; ms < Run.SECONDS * 1_000L; ms++) {
            run.step(ms, fps, serviceMs);
        }
        return run;
    }

    private static final class Run {
        static final int SECONDS = 60;

        private final int[] sent;
        private final int[] shed;
        private final long[] nextSeq;
        private final List<CreditAccount> accounts = new ArrayList<>();
        private final Deque<long[]> queue = new ArrayDeque<>();
        private final List<Long> latencies = new ArrayList<>();
        private final Deque<long[]> batch = new ArrayDeque<>();
        private final Order order;
        private long busyUntilMs;
        private int served;

        Run(int[] fps, Order order) {
            this.order = order;
            sent = new int[fps.length];
            shed = new int[fps.length];
            nextSeq = new long[fps.length];
            FleetWindow window = new FleetWindow(SETTINGS, fps.length);
            for (int i = 0; i < fps.length; i++) {
                accounts.add(new CreditAccount(window, SETTINGS));
            }
        }

        void step(long ms, int[] fps, int serviceMs) {
            for (int camera = 0; camera < fps.length; camera++) {
                if ((ms + 7L * camera) % (1_000 / fps[camera]) == 0) {
                    frame(camera, ms);
                }
            }
            if (batch.isEmpty()) {
                take();
            }
            if (ms >= busyUntilMs && !batch.isEmpty()) {
                long[] frame = batch.removeFirst();
                busyUntilMs = ms + serviceMs;
                long latency = busyUntilMs - frame[2];
                latencies.add(latency);
                accounts.get((int) frame[0]).settled(frame[1], (double) latency, ms * 1_000_000);
                served++;
            }
        }

        private void take() {
            if (order == Order.AS_SENT && !queue.isEmpty()) {
                batch.add(queue.removeFirst());
            } else {
                queue.stream().sorted(Comparator.comparing(frame -> frame[0])).forEach(batch::addLast);
                queue.clear();
            }
        }

        private void frame(int camera, long ms) {
            long seq = nextSeq[camera]++;
            if (accounts.get(camera).hasCredit()) {
                accounts.get(camera).sent(seq, ms * 1_000_000);
                queue.addLast(new long[] {camera, seq, ms});
                sent[camera]++;
            } else {
                shed[camera]++;
            }
        }

        long latencyP95Ms() {
            return latencies.stream()
                    .sorted()
                    .skip(latencies.size() * 95 / 100)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
