package io.sightline.app.evaluate.metric;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One labelled picture and what a detector found in it, both in its pixels.
 *
 * @param kind what the picture is of
 * @param found best first
 */
public record SceneFaces(String kind, List<Label> labels, List<Detection> found) {
    /** Two boxes show one face from this intersection over union on. */
    public static final float SAME_FACE_IOU = 0.5f;

    public SceneFaces {
        labels = List.copyOf(labels);
        found = List.copyOf(found);
    }

    /**
     * A labelled face.
     *
     * @param isFace false: unsure, so that finding it is neither right nor wrong
     * @param conditions under which it is seen, such as {@code blurred}
     */
    public record Label(Box box, Optional<Landmarks> landmarks, boolean isFace, Set<String> conditions) {
        public Label {
            conditions = Set.copyOf(conditions);
        }
    }

    /** A label that is a face, with the detection that found it. */
    record Match(String kind, Label label, Optional<Detection> found) {}

    /** A detection that counts: right, or false. */
    record Call(float score, boolean isRight) {}

    /** Every labelled face with what found it, and every detection that counts. */
    record Matching(List<Match> faces, List<Call> calls) {}

    /**
     * Detections by falling score each take the face that they overlap most of those not yet taken (as COCO's evaluation does); one that takes none is false, unless it
     * overlaps an unsure label.
     */
    Matching match() {
        List<Label> open = new ArrayList<>(labels.stream().filter(Label::isFace).toList());
        List<Match> faces = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (Detection detection : found) {
            Optional<Label> taken = mostOverlapping(open, detection.box());
            taken.ifPresent(label -> {
                open.remove(label);
                faces.add(new Match(kind, label, Optional.of(detection)));
            });
            if (taken.isPresent() || !isUnsure(detection.box())) {
                calls.add(new Call(detection.score(), taken.isPresent()));
            }
        }
        open.forEach(label -> faces.add(new Match(kind, label, Optional.empty())));
        return new Matching(faces, calls);
    }

    private boolean isUnsure(Box box) {
        return labels.stream().anyMatch(label -> !label.isFace() && label.box().iou(box) >= SAME_FACE_IOU);
    }

    private static Optional<Label> mostOverlapping(List<Label> labels, Box box) {
        return labels.stream()
                .filter(label -> label.box().iou(box) >= SAME_FACE_IOU)
                .max(Comparator.comparingDouble(label -> label.box().iou(box)));
    }
}
