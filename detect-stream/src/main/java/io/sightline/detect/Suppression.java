package io.sightline.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Greedy non-maximum suppression: of boxes that overlap, the best stays. Ties go to the earlier one, so the same
 * detections always give the same faces.
 *
 * @param maxOverlap the intersection over union above which two boxes are one face
 * @param maxFaces how many stay at most; bounds the work too
 */
record Suppression(float maxOverlap, int maxFaces) {

    /** Best first. */
    List<Detection> apply(List<Detection> found) {
        List<Detection> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection candidate : sorted) {
            if (kept.size() == maxFaces) {
                break;
            }
            if (kept.stream().noneMatch(better -> better.box().iou(candidate.box()) > maxOverlap)) {
                kept.add(candidate);
            }
        }
        return kept;
    }
}
