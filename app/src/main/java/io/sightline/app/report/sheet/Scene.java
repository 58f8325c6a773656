package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A few frames of one kind of scene, in order of time and spread over it. Belongs to one thread. */
final class Scene {
    private static final int MOST = 6;
    /** Frames nearer than this are one moment, of which the best is kept. */
    private static final long MOMENT_MICROS = 1_000_000;
    /** A scene seen in fewer frames than this is in part a flicker. */
    private static final double LASTING_FRAMES = 10;

    record Sample(Identities identities, Jpeg picture) {
        private long atMicros() {
            return identities.capturedAtUs();
        }

        /** Mean quality of its faces, 0 without one. */
        private double appeal() {
            return identities.faces().stream()
                    .mapToDouble(IdentifiedFace::quality)
                    .average()
                    .orElse(0);
        }
    }

    private final SceneKey key;
    private final List<Sample> samples = new ArrayList<>();
    private long frames;

    Scene(SceneKey key) {
        this.key = key;
    }

    void offer(Sample sample) {
        frames++;
        if (!samples.isEmpty()) {
            Sample last = samples.get(samples.size() - 1);
            if (sample.atMicros() < last.atMicros() + MOMENT_MICROS) {
                if (sample.atMicros() >= last.atMicros() && sample.appeal() > last.appeal()) {
                    samples.set(samples.size() - 1, sample);
                }
                return;
            }
        }
        samples.add(sample);
        if (samples.size() > MOST) {
            thin();
        }
    }

    /** Gives up the sample that stands closest to its neighbours, never the first unless it is alone. */
    void thin() {
        if (samples.size() <= 1) {
            samples.clear();
            return;
        }
        int densest = 1;
        for (int i = 2; i < samples.size(); i++) {
            densest = roomOf(i) < roomOf(densest) ? i : densest;
        }
        samples.remove(densest);
    }

    long bytes() {
        return samples.stream()
                .mapToLong(sample -> sample.picture().sizeBytes())
                .sum();
    }

    /** How much it tells: names before strangers before faces too poor to tell before nobody; crowds first, flickers last. */
    double interest() {
        int faces = samples.isEmpty() ? 0 : samples.get(0).identities().faces().size();
        double kind = switch (key.outcome()) {
            case IDENTIFIED -> 3;
            case UNKNOWN -> 2.5;
            case LOW_QUALITY -> 2;
            case NO_FACE, SHED, REJECTED -> 0.5;
        };
        return (kind + 0.5 * Math.min(4, faces)) * Math.min(1, frames / LASTING_FRAMES);
    }

    /** The best first, then always the one farthest in time from those before it; of an empty scene one is enough. */
    List<Sample> spread() {
        List<Sample> left = new ArrayList<>(samples);
        List<Sample> chosen = new ArrayList<>();
        left.stream().max(Comparator.comparingDouble(Sample::appeal)).ifPresent(best -> move(best, left, chosen));
        while (!left.isEmpty() && key.outcome() != Outcome.NO_FACE) {
            left.stream()
                    .max(Comparator.comparingLong(sample -> distance(sample, chosen)))
                    .ifPresent(farthest -> move(farthest, left, chosen));
        }
        return chosen;
    }

    private static void move(Sample sample, List<Sample> from, List<Sample> to) {
        from.remove(sample);
        to.add(sample);
    }

    private static long distance(Sample sample, List<Sample> chosen) {
        return chosen.stream()
                .mapToLong(other -> Math.abs(other.atMicros() - sample.atMicros()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Time between its neighbours; of the last, twice the time to the one before, so that the end is kept as long as it is far off. */
    private long roomOf(int index) {
        long before = samples.get(index - 1).atMicros();
        return index + 1 < samples.size()
                ? samples.get(index + 1).atMicros() - before
                : 2 * (samples.get(index).atMicros() - before);
    }
}
