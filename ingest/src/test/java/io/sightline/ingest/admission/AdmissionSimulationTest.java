package io.sightline.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras before one server that takes {@code serviceMs} a frame: a model of stages with a bottleneck, in simulated time. */
class AdmissionSimulationTest {
    private static final CreditSettings SETTINGS =
            new CreditSettings(Duration.ofMillis(400), 8, 32, 128, Duration.ofSeconds(10));

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
    void slowCameraBesideFastOnesIsServedInFull() {
        Run run = simulate(new int[] {25, 25, 25, 2}, 20);

        assertThat(run.shed[3]).isLessThan(2 * Run.SECONDS / 10);
    }

    private static Run simulate(int[] fps, int serviceMs) {
        Run run = new Run(fps);
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
        private long busyUntilMs;
        private int served;

        Run(int[] fps) {
            sent = new int[fps.length];
            shed = new int[fps.length];
            nextSeq = new long[fps.length];
            for (int i = 0; i < fps.length; i++) {
                CreditAccount account = new CreditAccount(SETTINGS);
                account.share(SETTINGS.share(fps.length));
                accounts.add(account);
            }
        }

        void step(long ms, int[] fps, int serviceMs) {
            for (int camera = 0; camera < fps.length; camera++) {
                if ((ms + 7L * camera) % (1_000 / fps[camera]) == 0) {
                    frame(camera, ms);
                }
            }
            if (ms >= busyUntilMs && !queue.isEmpty()) {
                long[] frame = queue.removeFirst();
                busyUntilMs = ms + serviceMs;
                long latency = busyUntilMs - frame[2];
                latencies.add(latency);
                accounts.get((int) frame[0]).settled(frame[1], (double) latency, nextSeq[(int) frame[0]]);
                served++;
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
