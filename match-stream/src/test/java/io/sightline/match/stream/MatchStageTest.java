package io.sightline.match.stream;

import static io.sightline.match.Fixtures.ADA;
import static io.sightline.match.Fixtures.EPOCH;
import static io.sightline.match.Fixtures.GALLERY;
import static io.sightline.match.Fixtures.LEFT;
import static io.sightline.match.Fixtures.MODEL;
import static io.sightline.match.Fixtures.RIGHT;
import static io.sightline.match.Fixtures.face;
import static io.sightline.match.Fixtures.frame;
import static io.sightline.match.Fixtures.header;
import static io.sightline.match.Fixtures.poorFace;
import static io.sightline.match.Fixtures.settledRun;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.ledger.LedgerEntry;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.topic.Topics;
import io.sightline.match.FlowSettings;
import io.sightline.match.MatchSettings;
import io.sightline.match.Vectors;
import io.sightline.match.gallery.GallerySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatchStageTest {
    private static final Duration QUIET = Duration.ofMillis(700);

    private MatchDriver match = new MatchDriver();

    @AfterEach
    void close() {
        match.close();
    }

    @Test
    void aKnownFaceIsIdentifiedWithItsReceiptAndVisit() {
        match.clock.advance(Duration.ofMillis(30));
        match.send(frame(0, face("t", LEFT, Vectors.towards(0, 0.8, 5))));
        match.send(frame(1, face("t", LEFT, Vectors.towards(0, 0.8, 5))));

        assertThat(match.registry.get("sightline.stage.wait").timer().count()).isEqualTo(2);
        Identities second = match.lastIdentities();
        assertThat(second.outcome()).isEqualTo("identified");
        assertThat(second.reason()).isEqualTo("decided");
        assertThat(second.frames()).isEqualTo(1);
        assertThat(second.faces().get(0).decision()).isInstanceOfSatisfying(Decision.Known.class, known -> {
            assertThat(known.person()).isEqualTo(ADA);
            assertThat(known.receipt().similarity()).isCloseTo(0.8, within(1e-5));
            assertThat(known.receipt().frames()).isEqualTo(2);
            assertThat(known.receipt().modelId()).isEqualTo(MODEL);
            assertThat(known.receipt().galleryVersion()).isEqualTo("5-0");
        });
        assertThat(second.faces().get(0).box()).containsExactly(100f, 100f, 200f, 220f);
        Sighting opened = match.sightings().get(0);
        assertThat(opened.person()).contains(ADA);
        assertThat(second.faces().get(0).sightingId()).contains(opened.sightingId());
        assertThat(opened.picture()).contains(opened.sightingId());
        assertThat(match.pictures).hasSize(1);
        Settled first = match.settled().get(0);
        assertThat(first).isEqualTo(new Settled("gate", EPOCH, 0, 30.0, first.atUs()));
    }

    @Test
    void unknownAmbiguousAndPoorFacesCarryNoName() {
        match.send(frame(0, face("t", LEFT, Vectors.axis(9))));
        match.send(frame(1, face("u", LEFT, between(0, 1))));
        match.send(frame(2, poorFace("v", LEFT)));
        match.send(frame(3));

        List<Identities> all = match.identities();
        assertThat(all).extracting(Identities::outcome).containsExactly("unknown", "unknown", "low_quality", "no_face");
        assertThat(all.get(0).faces().get(0).decision()).isInstanceOf(Decision.Unknown.class);
        assertThat(all.get(1).faces().get(0).decision()).isInstanceOf(Decision.Ambiguous.class);
        assertThat(all.get(2).faces().get(0).decision()).isEqualTo(new Decision.LowQuality("size"));
        String wire = new String(Topics.IDENTITIES.codec().encode(all.get(1)), UTF_8);
        assertThat(wire).doesNotContain("Ada").doesNotContain("Ben");
    }

    /** The balance of the meters: what was settled is what was sent, and each face has one decision. */
    @Test
    void metersTellDecisionsAndHowClearTheyWereButNeverWho() {
        match.send(frame(0, face("t", LEFT, Vectors.towards(0, 0.8, 5)), face("u", RIGHT, Vectors.axis(9))));
        match.send(frame(1, face("v", LEFT, between(0, 1))));
        match.send(frame(2, poorFace("w", LEFT)));

        assertThat(List.of(decisions("known"), decisions("unknown"), decisions("ambiguous"), decisions("low_quality")))
                .containsExactly(1.0, 1.0, 1.0, 1.0);
        assertThat(match.registry
                        .get("sightline.similarity")
                        .tag("decision", "known")
                        .summary()
                        .totalAmount())
                .isCloseTo(80, within(1e-3));
        assertThat(match.registry
                        .get("sightline.margin")
                        .tag("decision", "ambiguous")
                        .summary()
                        .totalAmount())
                .isCloseTo(0, within(1e-3));
        assertThat(match.registry.get("sightline.gallery.search").timer().count())
                .isEqualTo(3);
        assertThat(match.registry
                        .get("sightline.gallery.recall.checked")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(match.registry
                        .get("sightline.gallery.recall.found")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(match.registry
                        .get("sightline.sightings")
                        .tag("event", "opened")
                        .counter()
                        .count())
                .isEqualTo((double) match.sightings().stream()
                        .filter(sighting -> sighting.change().equals("opened"))
                        .count());
        assertThat(match.registry.getMeters().toString()).doesNotContain("Ada", ADA.id(), "Ben");
    }

    private double decisions(String kind) {
        return match.registry
                .get("sightline.decisions")
                .tag("decision", kind)
                .counter()
                .count();
    }

    @Test
    void theMostSimilarOfTwoFacesKeepsTheName() {
        match.send(frame(0, face("t", LEFT, Vectors.towards(0, 0.7, 5)), face("u", RIGHT, Vectors.towards(0, 0.9, 6))));

        List<Decision> decisions = match.lastIdentities().faces().stream()
                .map(face -> face.decision())
                .toList();
        assertThat(decisions.get(0)).isInstanceOf(Decision.Ambiguous.class);
        assertThat(decisions.get(1)).isInstanceOf(Decision.Known.class);
    }

    @Test
    void sixtyFacesInAFrameAreAllDecided() {
        for (int seq = 0; seq < 4; seq++) {
            EmbeddedFace[] faces = new EmbeddedFace[60];
            for (int i = 0; i < faces.length; i++) {
                faces[i] = face("t" + i, LEFT, Vectors.axis(i));
            }
            match.send(frame(seq, faces));
        }

        assertThat(match.lastIdentities().faces()).hasSize(60);
        assertThat(match.sightings()).hasSize(60);
        assertThat(match.sightings().stream()
                        .filter(sighting -> sighting.person().isPresent()))
                .hasSize(2);
    }

    @Test
    void framesThatComeAgainAfterACrashAreSettledOnce() {
        List<Embeddings> frames = new ArrayList<>();
        for (int seq = 0; seq < 6; seq++) {
            frames.add(frame(seq, face("t", LEFT, Vectors.axis(0))));
        }
        frames.forEach(match::send);
        int sightings = match.sightings().size();

        frames.subList(2, 6).forEach(match::send);
        match.send(frame(6, face("t", LEFT, Vectors.axis(0))));
        match.pass(QUIET);

        assertThat(match.identities()).extracting(Identities::seq).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(match.sightings().subList(0, sightings)).hasSize(sightings);
        assertThat(match.lastLedger().duplicates()).isEqualTo(4);
        assertThat(match.lastLedger().outcomes()).containsEntry("identified", 7L);
        assertThat(match.lastLedger().unaccounted()).isZero();
    }

    @Test
    void aGapIsUnaccountedUntilItIsFilled() {
        match.send(frame(0));
        match.send(frame(3));
        match.pass(QUIET);
        assertThat(match.lastLedger().unaccounted()).isEqualTo(2);

        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));
        match.send(settledRun(2, 1, Settlement.shed(Reason.EXPIRED)));
        match.pass(QUIET);

        LedgerEntry ledger = match.lastLedger();
        assertThat(ledger.unaccounted()).isZero();
        assertThat(ledger.nextSeq()).isEqualTo(4);
        assertThat(ledger.outcomes()).containsEntry("identified", 1L).containsEntry("shed", 1L);
        assertThat(match.identities()).extracting(Identities::seq).containsExactly(0L, 3L, 1L, 2L);
        assertThat(match.settled()).extracting(Settled::lastSeq).containsExactly(0L, 3L, 3L, 3L);
    }

    @Test
    void aRunOfSettledFramesIsHandedOnWhole() {
        match.send(settledRun(0, 500, Settlement.shed(Reason.ADMISSION)));

        Identities run = match.lastIdentities();
        assertThat(run.seq()).isZero();
        assertThat(run.frames()).isEqualTo(500);
        assertThat(run.outcome()).isEqualTo("shed");
        assertThat(run.reason()).isEqualTo("admission");
        assertThat(match.settled()).extracting(Settled::lastSeq).containsExactly(499L);
    }

    @Test
    void ofARunThatOverlapsOnlyTheNewFramesAreTold() {
        match.send(settledRun(0, 10, Settlement.decided(Outcome.NO_FACE)));
        match.send(frame(15));

        match.send(settledRun(5, 20, Settlement.decided(Outcome.NO_FACE)));
        match.pass(QUIET);

        List<Identities> all = match.identities();
        assertThat(all).extracting(Identities::seq).containsExactly(0L, 15L, 10L, 16L);
        assertThat(all).extracting(Identities::frames).containsExactly(10, 1, 5, 9);
        assertThat(match.lastLedger().outcomes()).containsEntry("no_face", 25L);
        assertThat(match.lastLedger().duplicates()).isEqualTo(6);
    }

    @Test
    void aNewEpochClosesVisitsAndMakesTheLedgerFinal() {
        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));

        match.send(frame(header(EPOCH + 50, 0), face("t", LEFT, Vectors.axis(0))));

        assertThat(match.sightings()).extracting(Sighting::change).containsExactly("opened", "closed");
        LedgerEntry ended = match.lastLedger();
        assertThat(ended.epoch()).isEqualTo(EPOCH);
        assertThat(ended.isFinal()).isTrue();
        assertThat(ended.outcomes()).containsEntry("identified", 2L);
        assertThat(match.settled().get(2).epoch()).isEqualTo(EPOCH + 50);
        assertThat(match.settled().get(2).lastSeq()).isZero();
    }

    @Test
    void whatComesAgainOfThePastEpochIsADuplicate() {
        match.send(frame(0));
        match.send(frame(header(EPOCH + 50, 0)));

        match.send(frame(0));
        match.send(frame(1));
        match.send(frame(header(EPOCH + 50, 1)));

        assertThat(match.identities())
                .extracting(one -> one.epoch() + "/" + one.seq())
                .containsExactly("1000/0", "1050/0", "1000/1", "1050/1");
        assertThat(match.settled()).extracting(Settled::lastSeq).containsExactly(0L, 0L, 1L);
    }

    @Test
    void anEpochBeforeThoseRememberedIsIgnored() {
        for (int epoch = 1; epoch <= CameraBooks.EPOCHS_KEPT + 1; epoch++) {
            match.send(frame(header(EPOCH + epoch, 0)));
        }
        int told = match.identities().size();

        match.send(frame(header(EPOCH + 1, 0)));

        assertThat(match.identities()).hasSize(told);
    }

    @Test
    void garbageBecomesADeadLetterAndTheNextRecordIsProcessed() {
        match.send("gate", "no message of ours".getBytes(UTF_8), "gate/1000/0");
        match.send("gate", new byte[0], "nonsense");
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));
        match.pass(QUIET);

        assertThat(match.deadLetters()).hasSize(2);
        assertThat(match.deadLetters().get(0).reason()).isEqualTo("malformed");
        assertThat(match.identities()).extracting(Identities::outcome).containsExactly("rejected", "identified");
        assertThat(match.identities().get(0).reason()).isEqualTo("malformed");
        assertThat(match.lastLedger().unaccounted()).isZero();
    }

    @Test
    void aRecordUnderAnotherCamerasKeyIsParkedAndBooksNothing() {
        match.send("other", Topics.EMBEDDINGS.codec().encode(frame(0)), "gate/1000/0");

        assertThat(match.deadLetters()).hasSize(1);
        assertThat(match.identities()).isEmpty();
    }

    @Test
    void vectorsThatDoNotFitTheGalleryRejectTheirFrameAlone() {
        Embedding short8 = Embedding.adoptUnit(new float[] {1, 0, 0, 0, 0, 0, 0, 0});
        match.send(frame(0, face("t", LEFT, short8)));
        match.send(frame(1, face("u", LEFT, Vectors.axis(0))));

        assertThat(match.identities()).extracting(Identities::outcome).containsExactly("rejected", "identified");
        assertThat(match.deadLetters()).hasSize(1);
        assertThat(match.deadLetters().get(0).detail()).contains("8 dimensions").contains("64");
    }

    @Test
    void templatesOfAnotherModelAreNeverCompared() {
        match.enrolled(GallerySnapshot.of("6-0", "another-embedder", Map.of(ADA, List.of(Vectors.axis(0)))));

        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));

        assertThat(match.lastIdentities().faces().get(0).decision())
                .isInstanceOfSatisfying(
                        Decision.Unknown.class,
                        unknown -> assertThat(unknown.receipt().similarity()).isEqualTo(-1));
    }

    @Test
    void aPictureThatWasNotTakenIsNotNamed() {
        match.refusesPictures();
        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));

        assertThat(match.sightings().get(0).picture()).isEmpty();
    }

    @Test
    void aShortRunEndsWithItsWholeLedgerOnTheTopic() {
        for (int seq = 0; seq < 7; seq++) {
            match.send(frame(seq, face("t", LEFT, Vectors.axis(0))));
        }
        assertThat(match.ledger()).isEmpty();

        match.pass(QUIET);

        assertThat(match.ledger()).hasSize(1);
        assertThat(match.lastLedger().nextSeq()).isEqualTo(7);
        assertThat(match.lastLedger().isFinal()).isFalse();
        assertThat(match.sightings())
                .last()
                .satisfies(update -> assertThat(update.frames()).isEqualTo(7));
        match.pass(QUIET);
        assertThat(match.ledger()).hasSize(1);
    }

    @Test
    void theLedgerIsPublishedEveryTenSecondsWhileFramesCome() {
        for (int seq = 0; seq < 205; seq++) {
            match.send(frame(seq));
            match.pass(Duration.ofMillis(100));
        }

        assertThat(match.ledger()).hasSize(2);
    }

    @Test
    void aSilentCamerasVisitsCloseByTheWallClock() {
        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));

        match.pass(Duration.ofSeconds(6));

        assertThat(match.sightings()).extracting(Sighting::change).containsExactly("opened", "closed");
        assertThat(match.changelog(MatchSupplier.MEMORY)).isEmpty();
    }

    @Test
    void afterARestartTheVisitGoesOnAndDuplicatesAreKnown() {
        for (int seq = 0; seq < 5; seq++) {
            match.send(frame(seq, face("t", LEFT, Vectors.axis(0))));
        }
        Sighting opened = match.sightings().get(0);
        MatchDriver restarted = new MatchDriver();
        restarted.restoreFrom(match);
        match.close();
        match = restarted;

        match.send(frame(4, face("t", LEFT, Vectors.axis(0))));
        match.send(frame(5, face("t", LEFT, Vectors.axis(0))));
        match.pass(QUIET);

        assertThat(match.identities()).extracting(Identities::seq).containsExactly(5L);
        assertThat(match.lastIdentities().faces().get(0).sightingId()).contains(opened.sightingId());
        assertThat(match.sightings()).extracting(Sighting::change).containsExactly("updated");
        assertThat(match.sightings().get(0).frames()).isEqualTo(6);
        assertThat(match.lastLedger().duplicates()).isEqualTo(1);
        assertThat(match.lastLedger().outcomes()).containsEntry("identified", 6L);
    }

    @Test
    void aStrangerIsKnownAgainAfterARestart() {
        for (int seq = 0; seq < 4; seq++) {
            match.send(frame(seq, face("t", LEFT, Vectors.axis(9))));
        }
        Optional<String> unknown = match.sightings().get(0).unknownId();
        MatchDriver restarted = new MatchDriver();
        restarted.restoreFrom(match);
        match.close();
        match = restarted;

        for (int seq = 4; seq < 25; seq++) {
            match.send(frame(seq, face("u", LEFT, Vectors.axis(9))));
        }

        assertThat(match.sightings())
                .isNotEmpty()
                .allMatch(sighting -> sighting.unknownId().equals(unknown));
        assertThat(match.sightings()).extracting(Sighting::change).containsOnly("updated");
    }

    @Test
    void aFrameOlderThanMaxAgeIsShedAsExpired() {
        match.close();
        MatchSettings defaults = MatchSettings.defaults();
        FlowSettings flow = new FlowSettings(
                Duration.ofSeconds(1),
                defaults.flow().ledgerInterval(),
                defaults.flow().quiet(),
                defaults.flow().idleClose());
        match = new MatchDriver(new MatchSettings(
                defaults.given(),
                defaults.rule(),
                defaults.evidence(),
                defaults.sightings(),
                flow,
                defaults.pictures()));
        match.clock.advance(Duration.ofMillis(1_001));

        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));

        assertThat(match.identities()).extracting(Identities::outcome).containsExactly("shed", "identified");
        assertThat(match.identities().get(0).reason()).isEqualTo("expired");
    }

    @Test
    void aPersonEnrolledMeanwhileIsNamedFromTheNextFrame() {
        match.enrolled(GallerySnapshot.empty());
        match.send(frame(0, face("t", LEFT, Vectors.axis(0))));
        match.enrolled(GALLERY);
        match.send(frame(1, face("t", LEFT, Vectors.axis(0))));

        assertThat(match.identities()).extracting(Identities::outcome).containsExactly("unknown", "identified");
    }

    @Test
    void theShapeOfTheTopologyIsKept() {
        assertThat(MatchDriver.described()).isEqualToNormalizingNewlines("""
                        Topologies:
                           Sub-topology: 0
                            Source: embeddings (topics: [sightline.embeddings.v1])
                              --> match
                            Processor: match (stores: [match-memory, match-ledgers])
                              --> dead-letters, identities, ledger, settled, sightings
                              <-- embeddings
                            Sink: dead-letters (topic: sightline.dead-letters.v1)
                              <-- match
                            Sink: identities (topic: sightline.identities.v1)
                              <-- match
                            Sink: ledger (topic: sightline.ledger.v1)
                              <-- match
                            Sink: settled (topic: sightline.settled.v1)
                              <-- match
                            Sink: sightings (topic: sightline.sightings.v1)
                              <-- match

                        """);
    }

    private static Embedding between(int axis, int other) {
        return Vectors.towards(axis, Math.sqrt(0.5), other);
    }
}
