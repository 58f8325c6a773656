package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import io.sightline.app.evaluate.FacePass.FaceVector;
import io.sightline.app.evaluate.FacePass.Seen;
import io.sightline.app.evaluate.data.PeopleSet;
import io.sightline.app.evaluate.data.PeopleSet.Pair;
import io.sightline.app.evaluate.metric.FoldAccuracy;
import io.sightline.app.evaluate.metric.LandmarkError;
import io.sightline.app.evaluate.metric.LandmarkError.Placed;
import io.sightline.app.evaluate.metric.PairScores;
import io.sightline.app.evaluate.metric.PairScores.Trial;
import io.sightline.app.evaluate.metric.RocCurve;
import io.sightline.app.evaluate.metric.Share;
import io.sightline.app.evaluate.plot.Chart;
import io.sightline.app.evaluate.plot.Plots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Verification over the set's protocol, once by the given landmarks and once by what the detector finds. */
final class VerificationPart {
    private static final int CURVE_POINTS = 200;

    private final PeopleSet people;
    private final List<Seen> seen;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, RocCurve> curves = new LinkedHashMap<>();

    private VerificationPart(PeopleSet people, List<Seen> seen) {
        this.people = people;
        this.seen = seen;
    }

    /**
     * @param detector its name, for the report
     */
    static PartResult measure(PeopleSet people, List<Seen> seen, String detector) {
        VerificationPart part = new VerificationPart(people, seen);
        part.lines.add(say(
                "%s: %d pictures, %d pairs",
                people.source(), people.pictures().size(), people.pairs().size()));
        if (people.hasLandmarks()) {
            part.verify("given landmarks", "given_landmarks", Seen::given);
        }
        part.verify("found by " + detector, "own_detector", Seen::own);
        part.find();
        Chart roc = Plots.roc("Verification: " + people.pairs().size() + " pairs", part.curves);
        return new PartResult(Part.LFW, part.lines, part.tree, List.of(roc));
    }

    private void verify(String name, String key, Function<Seen, Optional<FaceVector>> face) {
        List<Trial> trials = new ArrayList<>();
        for (Pair pair : people.pairs()) {
            Optional<FaceVector> first = face.apply(seen.get(pair.first()));
            Optional<FaceVector> second = face.apply(seen.get(pair.second()));
            float similarity = first.isPresent() && second.isPresent()
                    ? first.get().vector().similarity(second.get().vector())
                    : Float.NaN;
            trials.add(new Trial(pair.fold(), pair.isMated(), similarity));
        }
        report(name, key, new PairScores(trials));
    }

    private void report(String name, String key, PairScores scores) {
        FoldAccuracy accuracy = FoldAccuracy.of(scores);
        RocCurve roc = scores.roc();
        Share failures = scores.failures();
        curves.put(name, roc);
        lines.add(say(
                "  %-40s accuracy %.2f %% ± %.2f (standard error, %d folds), threshold %.3f",
                name,
                100 * accuracy.mean(),
                100 * accuracy.standardError(),
                accuracy.folds().size(),
                accuracy.threshold()));
        Map<String, Object> figures = tree(accuracy);
        figures.put("pairs_without_vector", failures.tree());
        for (int exponent = 2; exponent <= 3; exponent++) {
            RocCurve.Point point = roc.atFalseAcceptRate(Math.pow(10, -exponent));
            lines.add(say(
                    "  %-40s TAR %s at FAR 1e-%d, threshold %.3f",
                    "", point.trueAccepts().percent(), exponent, point.threshold()));
            figures.put("tar_at_far_1e-" + exponent, point.trueAccepts().tree());
        }
        if (failures.count() > 0) {
            lines.add(
                    say("  %-40s %d pairs lack a face and count as wrong, and as not accepted", "", failures.count()));
        }
        figures.put("roc", Wording.tree(roc.points(CURVE_POINTS), "far", "tar"));
        tree.put(key, figures);
    }

    private static Map<String, Object> tree(FoldAccuracy accuracy) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("accuracy", accuracy.mean());
        figures.put("standard_error", accuracy.standardError());
        figures.put("threshold", accuracy.threshold());
        figures.put(
                "folds",
                accuracy.folds().stream().map(fold -> fold.right().rate()).toList());
        return figures;
    }

    private void find() {
        long found = seen.stream().filter(one -> one.centre().isPresent()).count();
        Share share = new Share(found, seen.size());
        LandmarkError error = LandmarkError.of(placed());
        lines.add("  centre face found " + share.percent());
        tree.put("centre_face_found", share.tree());
        if (error.faces() > 0) {
            lines.add(say(
                    "  landmarks of the found off by %.2f %% of the distance between the eyes (median; 95 %%: %.2f %%)",
                    100 * error.median(), 100 * error.percentile95()));
            tree.put("landmark_error", error.tree());
        }
    }

    private List<Placed> placed() {
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            var given = people.pictures().get(i).face();
            var centre = seen.get(i).centre();
            if (given.isPresent() && centre.isPresent()) {
                placed.add(new Placed(given.get().landmarks(), centre.get().landmarks()));
            }
        }
        return placed;
    }
}
