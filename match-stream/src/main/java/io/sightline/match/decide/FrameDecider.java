package io.sightline.match.decide;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Receipt;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.search.SearchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides the faces of one frame, each on its track's evidence, and then together: nobody is in a frame twice.
 *
 * <p>A name never passes from one person to another along a track: a vector that disagrees with the gathered evidence throws the evidence
 * and the name away, and a poor frame keeps a name only for a short while and only while the face stays in its place.
 */
public final class FrameDecider {
    /** Boxes of one face in consecutive frames overlap more than this; a shot change seldom does. */
    private static final float LEAST_OVERLAP_TO_HOLD = 0.3f;

    private final DecisionRule rule;
    private final EvidenceRule gathering;
    private final GallerySearch search;

    public FrameDecider(DecisionRule rule, EvidenceRule gathering) {
        this(rule, gathering, GallerySnapshot::search);
    }

    public FrameDecider(DecisionRule rule, EvidenceRule gathering, GallerySearch search) {
        this.search = search;
        this.rule = rule;
        this.gathering = gathering;
    }

    /**
     * The frame's faces in their order, decided.
     *
     * @param tracks what is remembered of the camera's tracks, by track id
     */
    public List<FaceVerdict> decide(Embeddings frame, Map<String, TrackMemory> tracks, GallerySnapshot gallery) {
        Look look = new Look(FrameMoment.of(frame.header()), frame.modelId(), gallery);
        Set<String> seen = new HashSet<>();
        List<FaceVerdict> verdicts = new ArrayList<>();
        for (EmbeddedFace face : frame.faces()) {
            String track = face.track().value();
            boolean isFirst = seen.add(track);
            Optional<TrackMemory> before = isFirst ? Optional.ofNullable(tracks.get(track)) : Optional.empty();
            String memoryKey = isFirst ? track : track + "+" + verdicts.size();
            TrackMemory memory =
                    before.map(known -> known).orElseGet(() -> TrackMemory.begin(memoryKey, face.box(), look.at()));
            verdicts.add(decide(face, memory, look));
        }
        return exclusive(verdicts);
    }

    private record Look(FrameMoment at, String modelId, GallerySnapshot gallery) {}

    private FaceVerdict decide(EmbeddedFace face, TrackMemory before, Look look) {
        Optional<Embedding> good =
                face.embedding().filter(vector -> face.quality().score() >= gathering.minQuality());
        return good.map(vector -> decideOn(vector, face, before, look))
                .orElseGet(() -> decideWithout(face, before, look));
    }

    private FaceVerdict decideOn(Embedding vector, EmbeddedFace face, TrackMemory before, Look look) {
        TrackMemory gathered = gather(vector, face, before, look.at()).seen(face.box(), look.at());
        Evidence evidence = gathered.evidence().orElseThrow();
        SearchResult found = search.search(look.gallery(), look.modelId(), evidence.mean());
        Decision decision = Decider.decide(
                found,
                new Decider.Searched(
                        evidence.frames(), look.modelId(), look.gallery().version()),
                rule);
        TrackMemory after = decision.fold(
                known -> gathered.named(
                        new Naming(known.person(), known.receipt(), look.at().capturedAtMicros())),
                unknown -> gathered.withoutNaming(),
                ambiguous -> gathered.withoutNaming(),
                low -> gathered);
        return new FaceVerdict(face, after, decision, true);
    }

    private TrackMemory gather(Embedding vector, EmbeddedFace face, TrackMemory before, FrameMoment at) {
        double quality = face.quality().score();
        if (before.evidence().isEmpty()) {
            return before.restarted(Evidence.of(vector, quality), at);
        }
        Evidence evidence = before.evidence().get();
        return evidence.agreesWith(vector, gathering.restartBelow())
                ? before.with(evidence.plus(vector, quality, gathering.maxWeight()))
                : before.restarted(Evidence.of(vector, quality), at);
    }

    private FaceVerdict decideWithout(EmbeddedFace face, TrackMemory before, Look look) {
        Optional<Naming> held = before.naming().filter(name -> mayHold(name, before, face.box(), look));
        TrackMemory seen = before.seen(face.box(), look.at());
        return held.map(name -> new FaceVerdict(face, seen, new Decision.Known(name.person(), name.receipt()), false))
                .orElseGet(() ->
                        new FaceVerdict(face, seen.withoutNaming(), new Decision.LowQuality(flawOf(face)), false));
    }

    /** What the embedder found wrong, or that its vector was not good enough for evidence. */
    private static String flawOf(EmbeddedFace face) {
        return face.quality().flaw().map(QualityFlaw::wireName).orElse("evidence");
    }

    private boolean mayHold(Naming name, TrackMemory before, Box box, Look look) {
        return look.at().microsFrom(name.atMicros()) <= gathering.holdMicros()
                && before.lastBox().iou(box) >= LEAST_OVERLAP_TO_HOLD
                && look.gallery().holds(name.person().id());
    }

    /** Of several faces with one name the best supported keeps it; the others become ambiguous, or undecided where it was merely held. */
    private static List<FaceVerdict> exclusive(List<FaceVerdict> verdicts) {
        List<Integer> byClaim = IntStream.range(0, verdicts.size())
                .boxed()
                .filter(index -> known(verdicts.get(index)).isPresent())
                .sorted(Comparator.comparing(
                                (Integer index) -> verdicts.get(index).isSupported())
                        .thenComparing(index -> similarity(verdicts.get(index)))
                        .reversed())
                .toList();
        Set<String> taken = new HashSet<>();
        List<FaceVerdict> decided = new ArrayList<>(verdicts);
        for (int index : byClaim) {
            Person person = known(verdicts.get(index)).orElseThrow().person();
            if (!taken.add(person.id())) {
                decided.set(index, outdone(verdicts.get(index)));
            }
        }
        return decided;
    }

    private static FaceVerdict outdone(FaceVerdict verdict) {
        Decision.Known lost = known(verdict).orElseThrow();
        Receipt receipt = lost.receipt();
        Decision instead = verdict.isSupported()
                ? new Decision.Ambiguous(List.of(lost.person().id()), receipt)
                : new Decision.LowQuality("evidence");
        return verdict.with(verdict.track().unnamed(), instead);
    }

    private static Optional<Decision.Known> known(FaceVerdict verdict) {
        return verdict.decision()
                .fold(
                        Optional::of,
                        unknown -> Optional.empty(),
                        ambiguous -> Optional.empty(),
                        low -> Optional.empty());
    }

    private static double similarity(FaceVerdict verdict) {
        return known(verdict).map(known -> known.receipt().similarity()).orElse(-1.0);
    }
}
