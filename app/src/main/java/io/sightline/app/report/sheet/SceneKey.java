package io.sightline.app.report.sheet;

import io.sightline.app.report.FaceNow;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.IdentifiedFace;
import io.sightline.contracts.identity.Identities;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * A kind of scene: which camera, and who is in view.
 *
 * @param inView labels of the faces, sorted and joined; the outcome alone where there were too many kinds to tell apart
 */
record SceneKey(String camera, Outcome outcome, String inView) implements Comparable<SceneKey> {
    private static final Comparator<SceneKey> ORDER = Comparator.comparing(SceneKey::camera)
            .thenComparing(SceneKey::outcome)
            .thenComparing(SceneKey::inView);

    static SceneKey of(Identities identities) {
        String inView = identities.faces().stream()
                .map(IdentifiedFace::decision)
                .map(FaceNow::of)
                .map(face -> face.outcome() + " " + face.label())
                .sorted()
                .collect(Collectors.joining("\n"));
        return new SceneKey(identities.camera(), Outcome.ofWireName(identities.outcome()), inView);
    }

    static SceneKey coarse(Identities identities) {
        return new SceneKey(identities.camera(), Outcome.ofWireName(identities.outcome()), "");
    }

    @Override
    public int compareTo(SceneKey other) {
        return ORDER.compare(this, other);
    }
}
