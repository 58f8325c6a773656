package io.sightline.detect;

import io.sightline.contracts.face.Landmarks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Greedy non-maximum suppression: of boxes that overlap, the best stays. Ties go to the earlier one, so the same
 * detections always give the same faces.
 *
 * <p>A face's landmarks are the mean of all that saw it, weighted by score: dozens of anchors see a large face, and each errs
 * in its own way (Gidaris and Komodakis, 2015, do so with boxes). The box stays the best one's own.
 *
 * @param maxOverlap the intersection over union above which two boxes are one face
 * @param maxFaces how many stay at most; bounds the work too
 */
record Suppression(float maxOverlap, int maxFaces) {
    /** A box that overlaps the best one by less may have seen a neighbour as well. */
    private static final float MIN_OVERLAP_OF_VOTERS = 0.6f;

    /** Best first. */
    List<Detection> apply(List<Detection> found) {
        List<Detection> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Face> kept = new ArrayList<>();
        for (Detection candidate : sorted) {
            if (kept.size() == maxFaces) {
                break;
            }
            Optional<Face> same = kept.stream()
                    .filter(face -> face.best.box().iou(candidate.box()) > maxOverlap)
                    .findFirst();
            same.ifPresentOrElse(face -> face.hear(candidate), () -> kept.add(new Face(candidate)));
        }
        return kept.stream().map(Face::detection).toList();
    }

    /** The best detection of a face, and the sum of what those beside it say of its landmarks. */
    private static final class Face {
        private final Detection best;
        private final double[] weighted = new double[2 * Landmarks.POINTS];
        private double weight;

        Face(Detection best) {
            this.best = best;
            add(best);
        }

        void hear(Detection other) {
            if (other.box().iou(best.box()) >= MIN_OVERLAP_OF_VOTERS) {
                add(other);
            }
        }

        private void add(Detection voter) {
            float[] points = voter.landmarks().toArray();
            for (int i = 0; i < points.length; i++) {
                weighted[i] += (double) voter.score() * points[i];
            }
            weight += voter.score();
        }

        /** Where all scores are 0 there is nothing to weigh by. */
        Detection detection() {
            if (weight == 0) {
                return best;
            }
            float[] points = new float[weighted.length];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) (weighted[i] / weight);
            }
            return new Detection(best.box(), Landmarks.of(points), best.score());
        }
    }
}
