package io.sightline.app.evaluate;

import io.sightline.app.evaluate.DetectorPart.Lens;
import io.sightline.app.evaluate.FacePass.FaceVector;
import io.sightline.app.evaluate.FacePass.Faces;
import io.sightline.app.evaluate.FacePass.Seen;
import io.sightline.app.evaluate.data.DataFolder;
import io.sightline.app.evaluate.data.GroupSet;
import io.sightline.app.evaluate.data.PeopleSet;
import io.sightline.app.evaluate.data.SceneSet;
import io.sightline.app.evaluate.metric.SceneFaces;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.embed.quality.QualityGates;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Measures what it is asked for; each picture is read once for all parts. Models, data and workers stay their owner's. Belongs to one thread. */
public final class Evaluation {
    private final TestedModels models;
    private final DataFolder data;
    private final Workers workers;
    private final QualityGates gates;
    private final DotProducts products = DotProducts.fastest();
    private final Problems problems = new Problems();

    /**
     * @param gates the product's, by which faces in scenes count as blurred or turned
     */
    public Evaluation(TestedModels models, DataFolder data, Workers workers, QualityGates gates) {
        this.models = models;
        this.data = data;
        this.workers = workers;
        this.gates = gates;
    }

    /** Every part that the data allow. */
    public static Set<Part> possible(DataFolder data) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            boolean isPossible = switch (part) {
                case LFW, OPENSET, THRESHOLD -> data.hasPeople();
                case GROUPS -> data.hasGroups();
                case DETECTOR -> data.hasScenes();
            };
            if (isPossible) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** One result per part, in the order of {@link Part}. Throws with a sentence where data are lacking or contradict themselves. */
    public List<PartResult> run(Set<Part> parts) {
        List<PartResult> results = new ArrayList<>();
        if (parts.stream().anyMatch(Part::isOfPeople)) {
            results.addAll(people(parts));
        }
        if (parts.contains(Part.GROUPS)) {
            GroupSet groups = data.groups();
            List<Optional<FaceVector>> vectors = GroupsPart.embed(groups, pass(), workers);
            results.add(GroupsPart.measure(groups, vectors, models.embedder().spec(), products));
        }
        if (parts.contains(Part.DETECTOR)) {
            SceneSet scenes = data.scenes();
            TestedModels.Detector detector = models.detector();
            List<SceneFaces> faces = DetectorPart.look(scenes, pass(), workers, new Lens(detector, gates));
            results.add(DetectorPart.measure(scenes, faces, detector.product()));
        }
        results.sort(Comparator.comparing(PartResult::part));
        return results;
    }

    /** Pictures that could not be used, in all parts so far. */
    public Problems problems() {
        return problems;
    }

    private List<PartResult> people(Set<Part> parts) {
        PeopleSet people = data.people();
        problems.addAll(people.problems());
        List<Seen> seen = pass().see(people, parts.contains(Part.LFW) ? Faces.GIVEN_AND_FOUND : Faces.GIVEN);
        List<PartResult> results = new ArrayList<>();
        if (parts.contains(Part.LFW)) {
            results.add(VerificationPart.measure(
                    people, seen, models.detector().product().name()));
        }
        if (parts.contains(Part.OPENSET)) {
            List<Row> all = rows(people, seen, face -> true);
            results.add(OpenSetPart.measure(
                    all, seen.size() - all.size(), models.embedder().spec(), products));
        }
        if (parts.contains(Part.THRESHOLD)) {
            List<Row> good = rows(people, seen, this::passesGates);
            results.add(ThresholdPart.measure(good, seen.size() - good.size(), workers, products));
        }
        return results;
    }

    private boolean passesGates(FaceVector face) {
        return models.embedder()
                .gates()
                .flaw(
                        face.quality().faceWidthPx(),
                        face.quality().sharpness(),
                        face.quality().poseResidualPx())
                .isEmpty();
    }

    private static List<Row> rows(PeopleSet people, List<Seen> seen, Predicate<FaceVector> isUsed) {
        Map<String, Integer> persons = people.persons();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            int person = persons.getOrDefault(people.pictures().get(i).person(), -1);
            seen.get(i).best().filter(isUsed).ifPresent(face -> rows.add(new Row(person, face.vector())));
        }
        return rows;
    }

    private FacePass pass() {
        return new FacePass(models, workers, problems);
    }
}
