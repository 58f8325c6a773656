package io.sightline.match.sighting;

import static io.sightline.match.Fixtures.ADA;
import static io.sightline.match.Fixtures.BEN;
import static io.sightline.match.Fixtures.FRAME_MICROS;
import static io.sightline.match.Fixtures.GALLERY;
import static io.sightline.match.Fixtures.LEFT;
import static io.sightline.match.Fixtures.NOON_MICROS;
import static io.sightline.match.Fixtures.RIGHT;
import static io.sightline.match.Fixtures.face;
import static io.sightline.match.Fixtures.frame;
import static io.sightline.match.Fixtures.poorFace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Sighting;
import io.sightline.match.Vectors;
import io.sightline.match.decide.DecisionRule;
import io.sightline.match.decide.EvidenceRule;
import io.sightline.match.decide.FaceVerdict;
import io.sightline.match.decide.FrameDecider;
import io.sightline.match.decide.FrameMoment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SightingBookTest {
    private static final SightingRule RULE = new SightingRule(2, 3, 0.4, Duration.ofSeconds(3), Duration.ofSeconds(1));

    private final FrameDecider decider =
            new FrameDecider(new DecisionRule(0.4, 0.1), new EvidenceRule(0.1, 12, 0.3, Duration.ofMillis(400)));
    private final SightingBook book = new SightingBook(RULE);
    private CameraMemory memory = CameraMemory.begin("gate", 1_000);
    private List<Optional<String>> lastIds = List.of();
    private Predicate<String> isEnrolled = id -> true;

    @Test
    void aKnownVisitOpensWithTheSecondSupportingFrameAndCountsTheFirst() {
        assertThat(look(0, face("t", LEFT, Vectors.axis(0)))).isEmpty();
        assertThat(lastIds).containsExactly(Optional.empty());

        List<Sighting> events = look(1, face("t", LEFT, Vectors.axis(0)));

        assertThat(events).hasSize(1);
        Sighting opened = events.get(0);
        assertThat(opened.change()).isEqualTo("opened");
        assertThat(opened.person()).contains(ADA);
        assertThat(opened.firstSeq()).isZero();
        assertThat(opened.lastSeq()).isEqualTo(1);
        assertThat(opened.fromUs()).isEqualTo(NOON_MICROS);
        assertThat(opened.toUs()).isEqualTo(NOON_MICROS + FRAME_MICROS);
        assertThat(opened.frames()).isEqualTo(2);
        assertThat(opened.similarity()).isCloseTo(1, within(1e-6));
        assertThat(opened.sightingId()).isEqualTo(Sighting.idOf("gate/1000/0", ADA.id()));
        assertThat(lastIds).containsExactly(Optional.of(opened.sightingId()));
    }

    @Test
    void updatesComeOnceASecondAndTellTheFrames() {
        List<Sighting> events = new ArrayList<>();
        for (int seq = 0; seq <= 30; seq++) {
            events.addAll(look(seq, face("t", LEFT, Vectors.axis(0))));
        }

        assertThat(events).extracting(Sighting::change).containsExactly("opened", "updated", "updated");
        assertThat(events).extracting(Sighting::frames).containsExactly(2L, 12L, 22L);
    }

    @Test
    void itClosesAfterTheGapAndNextTimeIsAnotherVisit() {
        look(0, face("t", LEFT, Vectors.axis(0)));
        Sighting first = look(1, face("t", LEFT, Vectors.axis(0))).get(0);
        assertThat(look(31)).isEmpty();

        List<Sighting> closed = look(32);

        assertThat(closed).extracting(Sighting::change).containsExactly("closed");
        assertThat(closed.get(0).sightingId()).isEqualTo(first.sightingId());
        assertThat(memory.sightings()).isEmpty();
        look(40, face("u", LEFT, Vectors.axis(0)));
        Sighting second = look(41, face("u", LEFT, Vectors.axis(0))).get(0);
        assertThat(second.sightingId()).isNotEqualTo(first.sightingId());
        assertThat(second.firstSeq()).isEqualTo(40);
    }

    @Test
    void brokenTracksOfOnePersonAreOneVisit() {
        List<Sighting> events = new ArrayList<>();
        for (int seq = 0; seq < 20; seq++) {
            events.addAll(look(seq, face("t" + seq / 5, LEFT, Vectors.axis(0))));
        }

        assertThat(events).extracting(Sighting::change).containsExactly("opened", "updated");
        assertThat(memory.sightings()).hasSize(1);
        assertThat(memory.sightings().get(0).visit().frames()).isEqualTo(20);
    }

    @Test
    void anUnknownOpensAfterThreeGoodFramesAndNotBefore() {
        assertThat(look(0, face("t", LEFT, Vectors.axis(9)))).isEmpty();
        assertThat(look(1, poorFace("t", LEFT))).isEmpty();
        assertThat(look(2, face("t", LEFT, Vectors.axis(9)))).isEmpty();

        List<Sighting> events = look(3, face("t", LEFT, Vectors.axis(9)));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).person()).isEmpty();
        assertThat(events.get(0).unknownId().orElseThrow()).matches("unknown-[0-9a-f]{12}");
        assertThat(events.get(0).frames()).isEqualTo(3);
        assertThat(events.get(0).firstSeq()).isZero();
    }

    @Test
    void theSameStrangerInTheNextTrackKeepsIdAndVisit() {
        Sighting opened = stranger("t", 0, 9);

        for (int seq = 10; seq < 13; seq++) {
            look(seq, face("u", RIGHT, Vectors.towards(9, 0.8, 11)));
        }

        assertThat(memory.sightings()).hasSize(1);
        assertThat(memory.sightings().get(0).id()).isEqualTo(opened.sightingId());
        assertThat(memory.sightings().get(0).visit().frames()).isEqualTo(6);
    }

    @Test
    void anotherStrangerGetsAnotherId() {
        Sighting first = stranger("t", 0, 9);
        Sighting second = stranger("u", 5, 11);

        assertThat(second.unknownId()).isNotEqualTo(first.unknownId());
    }

    @Test
    void twoStrangersInOneFrameNeverShareAnId() {
        for (int seq = 0; seq < 6; seq++) {
            look(seq, face("t", LEFT, Vectors.axis(9)), face("u", RIGHT, Vectors.axis(9)));
        }

        assertThat(memory.sightings()).hasSize(2);
        assertThat(memory.sightings().get(0).unknownId())
                .isNotEqualTo(memory.sightings().get(1).unknownId());
    }

    @Test
    void aTrackThatShowsAnotherStrangerGetsAnotherId() {
        Sighting first = stranger("t", 0, 9);
        Sighting second = stranger("t", 3, 11);

        assertThat(second.unknownId()).isNotEqualTo(first.unknownId());
    }

    @Test
    void anUnknownWhoTurnsOutKnownIsClosedAsUnknownAndOpenedByName() {
        List<Sighting> before = new ArrayList<>();
        for (int seq = 0; seq < 3; seq++) {
            before.addAll(look(seq, face("t", LEFT, Vectors.towards(0, 0.35, 5))));
        }
        assertThat(before).extracting(Sighting::change).containsExactly("opened");

        List<Sighting> events = new ArrayList<>();
        for (int seq = 3; seq < 40; seq++) {
            double similarity = seq % 7 == 0 ? 0.3 : 0.9;
            events.addAll(look(seq, face("t", LEFT, Vectors.towards(0, similarity, 5))));
        }

        assertThat(events.get(0).change()).isEqualTo("closed");
        assertThat(events.get(0).sightingId()).isEqualTo(before.get(0).sightingId());
        assertThat(events.get(1).change()).isEqualTo("opened");
        assertThat(events.get(1).person()).contains(ADA);
        assertThat(events.stream().skip(2)).extracting(Sighting::change).containsOnly("updated");
    }

    @Test
    void aNamedPersonWhoseEvidenceWeakensIsNotMadeAStranger() {
        look(0, face("t", LEFT, Vectors.axis(0)));
        look(1, face("t", LEFT, Vectors.axis(0)));
        List<Sighting> events = new ArrayList<>();
        for (int seq = 2; seq < 30; seq++) {
            events.addAll(look(seq, face("t", LEFT, Vectors.towards(0, 0.31, 5))));
        }

        assertThat(events).allMatch(event -> event.person().isPresent());
    }

    @Test
    void aHeldNameProlongsTheVisit() {
        look(0, face("t", LEFT, Vectors.axis(0)));
        look(1, face("t", LEFT, Vectors.axis(0)));

        look(2, poorFace("t", LEFT));

        assertThat(memory.sightings().get(0).visit().frames()).isEqualTo(3);
        assertThat(lastIds.get(0)).isPresent();
    }

    @Test
    void aRemovedPersonsVisitCloses() {
        look(0, face("t", LEFT, Vectors.axis(0)));
        look(1, face("t", LEFT, Vectors.axis(0)));
        isEnrolled = BEN.id()::equals;

        assertThat(look(2)).extracting(Sighting::change).containsExactly("closed");
    }

    @Test
    void aBetterPictureIsOfferedAndNamedOnceItWasTaken() {
        look(0, face("t", LEFT, Vectors.axis(0)));
        Observed observed = observe(frame(1, face("t", LEFT, Vectors.axis(0))));
        assertThat(observed.pictures()).hasSize(1);
        Observed.Offer offer = observed.pictures().get(0);
        assertThat(offer.picture().personId()).contains(ADA.id());

        memory = observed.withPictureKept(offer).memory();

        assertThat(book.closeAll(memory).events())
                .last()
                .satisfies(closed ->
                        assertThat(closed.picture()).contains(offer.picture().key()));
        assertThat(observe(frame(2, face("t", LEFT, Vectors.axis(0)))).pictures())
                .isEmpty();
        assertThat(observe(frame(3, face("t", LEFT, 0.95, Optional.of(Vectors.axis(0)))))
                        .pictures())
                .hasSize(1);
    }

    @Test
    void silenceTellsWhatWasNotToldAndEpochsEndCloses() {
        for (int seq = 0; seq < 5; seq++) {
            look(seq, face("t", LEFT, Vectors.axis(0)));
        }

        Announced told = book.tellAll(memory);
        assertThat(told.events()).extracting(Sighting::frames).containsExactly(5L);
        assertThat(book.tellAll(told.memory()).events()).isEmpty();

        Announced closed = book.closeAll(told.memory());
        assertThat(closed.events()).extracting(Sighting::change).containsExactly("closed");
        assertThat(closed.memory().holdsNothing()).isTrue();
    }

    /** Random people come and go; whatever happens, the events of each sighting are opened, updated…, closed, and frames only grow. */
    @RepeatedTest(30)
    void eventsOfASightingAreAlwaysInOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Sighting> events = new ArrayList<>();
        long seq = 0;
        for (int i = 0; i < 300; i++) {
            seq += random.nextInt(20) == 0 ? 40 : 1;
            List<EmbeddedFace> faces = new ArrayList<>();
            for (int face = 0; face < random.nextInt(4); face++) {
                String track = "t" + face + "-" + seq / 25;
                int axis = random.nextInt(10) == 0 ? random.nextInt(6) : face;
                faces.add(
                        random.nextInt(5) == 0
                                ? poorFace(track, LEFT)
                                : face(track, LEFT, Vectors.towards(axis, 0.3 + 0.7 * random.nextDouble(), 20)));
            }
            events.addAll(look(seq, faces.toArray(new EmbeddedFace[0])));
            assertThat(lastIds.stream().flatMap(Optional::stream).toList()).doesNotHaveDuplicates();
        }
        events.addAll(book.closeAll(memory).events());

        Map<String, List<Sighting>> bySighting = new HashMap<>();
        events.forEach(event -> bySighting
                .computeIfAbsent(event.sightingId(), id -> new ArrayList<>())
                .add(event));
        assertThat(bySighting).isNotEmpty();
        bySighting.values().forEach(SightingBookTest::assertOrder);
    }

    private static void assertOrder(List<Sighting> events) {
        assertThat(events.get(0).change()).isEqualTo("opened");
        assertThat(events.get(events.size() - 1).change()).isEqualTo("closed");
        assertThat(events.subList(1, events.size() - 1))
                .extracting(Sighting::change)
                .allMatch("updated"::equals);
        assertThat(events).extracting(Sighting::frames).isSorted();
        assertThat(events)
                .extracting(event -> event.person().map(Person::id))
                .containsOnly(events.get(0).person().map(Person::id));
    }

    private Sighting stranger(String track, long firstSeq, int axis) {
        List<Sighting> events = new ArrayList<>();
        for (long seq = firstSeq; seq < firstSeq + 3; seq++) {
            events.addAll(look(seq, face(track, LEFT, Vectors.axis(axis))));
        }
        return events.stream()
                .filter(event -> event.change().equals("opened"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private List<Sighting> look(long seq, EmbeddedFace... faces) {
        return look(frame(seq, faces));
    }

    private List<Sighting> look(Embeddings frame) {
        Observed observed = observe(frame);
        lastIds = observed.sightingIds();
        Announced announced = book.announce(observed, frame.header().times().capturedAtMicros(), isEnrolled);
        memory = announced.memory();
        return announced.events();
    }

    private Observed observe(Embeddings frame) {
        List<FaceVerdict> verdicts = decider.decide(frame, memory.tracksById(), GALLERY);
        return book.observe(memory, verdicts, FrameMoment.of(frame.header()));
    }
}
