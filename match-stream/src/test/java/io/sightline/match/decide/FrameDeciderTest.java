package io.sightline.match.decide;

import static io.sightline.match.Fixtures.ADA;
import static io.sightline.match.Fixtures.BEN;
import static io.sightline.match.Fixtures.GALLERY;
import static io.sightline.match.Fixtures.LEFT;
import static io.sightline.match.Fixtures.RIGHT;
import static io.sightline.match.Fixtures.face;
import static io.sightline.match.Fixtures.frame;
import static io.sightline.match.Fixtures.poorFace;
import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Person;
import io.sightline.match.Vectors;
import io.sightline.match.gallery.GallerySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FrameDeciderTest {
    private static final Duration HOLD = Duration.ofMillis(300);

    private final FrameDecider decider =
            new FrameDecider(new DecisionRule(0.4, 0.1), new EvidenceRule(0.1, 12, 0.3, HOLD));
    private final Map<String, TrackMemory> tracks = new LinkedHashMap<>();

    @Test
    void evidenceNamesWhoNoSingleFrameWould() {
        assertThat(look(0, face("t", LEFT, Vectors.towards(0, 0.35, 5))).get(0)).isInstanceOf(Decision.Unknown.class);
        assertThat(look(1, face("t", LEFT, Vectors.towards(0, 0.35, 5))).get(0)).isInstanceOf(Decision.Unknown.class);

        Decision decision = look(2, face("t", LEFT, Vectors.towards(0, 0.9, 5))).get(0);

        assertThat(personOf(decision)).contains(ADA);
        assertThat(((Decision.Known) decision).receipt().frames()).isEqualTo(3);
    }

    @Test
    void anotherPersonInTheSameTrackThrowsNameAndEvidenceAway() {
        for (int seq = 0; seq < 10; seq++) {
            look(seq, face("t", LEFT, Vectors.axis(0)));
        }

        Decision first = look(10, face("t", LEFT, Vectors.axis(1))).get(0);

        assertThat(personOf(first)).contains(BEN);
        assertThat(((Decision.Known) first).receipt().frames()).isEqualTo(1);
        assertThat(memory("t").begunSeq()).isEqualTo(10);
    }

    @Test
    void aStrangerInTheSameTrackIsUnknownAtOnce() {
        look(0, face("t", LEFT, Vectors.axis(0)));

        assertThat(look(1, face("t", LEFT, Vectors.axis(9))).get(0)).isInstanceOf(Decision.Unknown.class);
        assertThat(memory("t").wasNamed()).isFalse();
    }

    @Test
    void aNameIsHeldOverPoorFramesForABoundedTime() {
        look(0, face("t", LEFT, Vectors.axis(0)));

        assertThat(personOf(look(1, poorFace("t", LEFT)).get(0))).contains(ADA);
        assertThat(personOf(look(3, poorFace("t", LEFT)).get(0))).contains(ADA);
        assertThat(look(4, poorFace("t", LEFT)).get(0)).isEqualTo(new Decision.LowQuality("size"));
        assertThat(look(5, poorFace("t", LEFT)).get(0)).isEqualTo(new Decision.LowQuality("size"));
    }

    @Test
    void aNameIsNotHeldWhenTheFaceJumps() {
        look(0, face("t", LEFT, Vectors.axis(0)));

        assertThat(look(1, poorFace("t", new Box(130, 130, 154, 160))).get(0)).isInstanceOf(Decision.LowQuality.class);
        assertThat(look(2, poorFace("t", new Box(130, 130, 154, 160))).get(0)).isInstanceOf(Decision.LowQuality.class);
    }

    @Test
    void aNameIsNotHeldWhenThePersonWasRemoved() {
        look(0, face("t", LEFT, Vectors.axis(0)));

        assertThat(look(GallerySnapshot.empty(), 1, poorFace("t", LEFT)).get(0))
                .isInstanceOf(Decision.LowQuality.class);
    }

    @Test
    void aVectorBelowTheLeastQualityIsNoEvidence() {
        Decision decision =
                look(0, face("t", LEFT, 0.05, Optional.of(Vectors.axis(0)))).get(0);

        assertThat(decision).isEqualTo(new Decision.LowQuality("evidence"));
        assertThat(memory("t").evidence()).isEmpty();
    }

    @Test
    void ofTwoFacesWithOneNameTheNearerKeepsIt() {
        List<Decision> decisions =
                look(0, face("t", LEFT, Vectors.towards(0, 0.7, 5)), face("u", RIGHT, Vectors.towards(0, 0.95, 6)));

        assertThat(decisions.get(0))
                .isInstanceOfSatisfying(
                        Decision.Ambiguous.class,
                        ambiguous -> assertThat(ambiguous.candidateIds()).containsExactly(ADA.id()));
        assertThat(personOf(decisions.get(1))).contains(ADA);
        assertThat(memory("t").naming()).isEmpty();
    }

    @Test
    void aNameThatIsMerelyHeldGivesWayToOneThatIsSeen() {
        look(0, face("t", LEFT, Vectors.axis(0)));

        List<Decision> decisions = look(1, poorFace("t", LEFT), face("u", RIGHT, Vectors.towards(0, 0.5, 6)));

        assertThat(decisions.get(0)).isEqualTo(new Decision.LowQuality("evidence"));
        assertThat(personOf(decisions.get(1))).contains(ADA);
    }

    @Test
    void twoFacesWithOneTrackIdAreKeptApart() {
        List<Decision> decisions = look(0, face("t", LEFT, Vectors.axis(0)), face("t", RIGHT, Vectors.axis(1)));

        assertThat(personOf(decisions.get(0))).contains(ADA);
        assertThat(personOf(decisions.get(1))).contains(BEN);
    }

    @RepeatedTest(30)
    void nobodyIsInAFrameTwice(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int seq = 0; seq < 20; seq++) {
            List<EmbeddedFace> faces = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                boolean isGood = random.nextInt(4) > 0;
                Box box = new Box(i * 50, 0, i * 50 + 40, 50);
                faces.add(
                        isGood
                                ? face(
                                        "t" + i,
                                        box,
                                        Vectors.towards(random.nextInt(3), 0.3 + 0.7 * random.nextDouble(), 7))
                                : poorFace("t" + i, box));
            }

            List<Decision> decisions = look(seq, faces.toArray(new EmbeddedFace[0]));

            List<Person> named = decisions.stream()
                    .map(FrameDeciderTest::personOf)
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(named).doesNotHaveDuplicates();
        }
    }

    private List<Decision> look(long seq, EmbeddedFace... faces) {
        return look(GALLERY, seq, faces);
    }

    private List<Decision> look(GallerySnapshot gallery, long seq, EmbeddedFace... faces) {
        List<FaceVerdict> verdicts = decider.decide(frame(seq, faces), tracks, gallery);
        verdicts.forEach(verdict -> tracks.put(verdict.track().track(), verdict.track()));
        return verdicts.stream().map(FaceVerdict::decision).toList();
    }

    private TrackMemory memory(String track) {
        return java.util.Objects.requireNonNull(tracks.get(track));
    }

    private static Optional<Person> personOf(Decision decision) {
        return decision.fold(
                known -> Optional.of(known.person()),
                unknown -> Optional.empty(),
                ambiguous -> Optional.empty(),
                low -> Optional.empty());
    }
}
