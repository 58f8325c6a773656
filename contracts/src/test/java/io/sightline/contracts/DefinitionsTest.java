package io.sightline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Gate", "gate 2", "tür", "a/b", "gate\n", "\"", "gate_2"})
    void cameraIdOutsideItsAlphabetIsRefusedWithWhatIsAllowed(String id) {
        assertThatThrownBy(() -> new CameraId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 of a-z, 0-9 and '-'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void cameraIdOf64CharactersIsAllowedAnd65IsNot() {
        assertThat(new CameraId("a".repeat(64)).value()).hasSize(64);
        assertThat(CameraId.isValid("a".repeat(65))).isFalse();
    }

    @Test
    void frameIdReadsWhatItWrites() {
        assertThat(FrameId.parse(Samples.FRAME_ID.toString())).isEqualTo(Samples.FRAME_ID);
        assertThatThrownBy(() -> FrameId.parse("gate/x/1")).hasMessageContaining("'gate/x/1' is not camera/epoch/seq");
    }

    @Test
    void everyReasonBelongsToItsOutcomesAlone() {
        assertThat(Arrays.stream(Reason.values()).filter(reason -> reason.explains(Outcome.SHED)))
                .containsExactly(Reason.ADMISSION, Reason.EXPIRED, Reason.BROKER, Reason.DECODER);
        assertThat(Arrays.stream(Reason.values()).filter(reason -> reason.explains(Outcome.NO_FACE)))
                .containsExactly(Reason.DECIDED);
        assertThatThrownBy(() -> new Settlement(Outcome.SHED, Reason.OVERSIZE))
                .hasMessage("reason oversize does not explain outcome shed");
    }

    @Test
    void outcomeIsGivenOnce() {
        FrameHeader settled = Samples.OPEN.settle(Settlement.decided(Outcome.NO_FACE));

        assertThatThrownBy(() -> settled.settle(Settlement.decided(Outcome.UNKNOWN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gate-2/1764000000123/41 is settled already");
    }

    @Test
    void onlySettledFramesMayBeARun() {
        assertThatThrownBy(() -> new FrameHeader(Samples.FRAME_ID, 2, Samples.TIMES, 1280, 720, Optional.empty()))
                .hasMessageContaining("run of 2 unsettled frames");
    }

    @Test
    void oneNameMakesAFrameIdentifiedAndOneDecidedFaceUnknown() {
        Decision known = new Decision.Known(Samples.PERSON, Samples.RECEIPT);
        Decision ambiguous = new Decision.Ambiguous(List.of("p-1", "p-2"), Samples.RECEIPT);
        Decision poor = new Decision.LowQuality("size");

        assertThat(Decision.outcomeOf(List.of(poor, ambiguous, known))).isEqualTo(Outcome.IDENTIFIED);
        assertThat(Decision.outcomeOf(List.of(poor, ambiguous))).isEqualTo(Outcome.UNKNOWN);
        assertThat(Decision.outcomeOf(List.of(poor))).isEqualTo(Outcome.LOW_QUALITY);
        assertThat(Decision.outcomeOf(List.of())).isEqualTo(Outcome.NO_FACE);
    }

    @Test
    void sightingIdIsTheSameOnReplayAndOtherForAnotherPerson() {
        assertThat(Sighting.idOf("gate/1/5", "p-1")).isEqualTo(Sighting.idOf("gate/1/5", "p-1"));
        assertThat(Sighting.idOf("gate/1/5", "p-2")).isNotEqualTo(Sighting.idOf("gate/1/5", "p-1"));
    }

    @Test
    void embeddingHasUnitLengthAndItsSimilarityIsTheCosine() {
        Embedding a = Embedding.normalised(new float[] {3, 4, 0});
        Embedding b = Embedding.normalised(new float[] {0, 2, 0});

        assertThat(a.values()).containsExactly(0.6f, 0.8f, 0f);
        assertThat(a.similarity(b)).isCloseTo(0.8f, within(1e-6f));
        assertThatThrownBy(() -> Embedding.normalised(new float[3])).hasMessageContaining("length 0.0");
        assertThatThrownBy(() -> Embedding.adoptUnit(new float[] {1, 1})).hasMessageContaining("squared length 2.0");
        assertThatThrownBy(() -> a.similarity(Embedding.normalised(new float[] {1})))
                .hasMessageContaining("3 and 1 dimensions");
    }

    @Test
    void intersectionOverUnionOfHalfOverlappingSquaresIsAThird() {
        Box left = new Box(0, 0, 10, 10);

        assertThat(left.iou(new Box(5, 0, 15, 10))).isCloseTo(1f / 3, within(1e-6f));
        assertThat(left.iou(new Box(10, 0, 20, 10))).isZero();
        assertThatThrownBy(() -> new Box(5, 5, 5, 9)).hasMessageContaining("no area");
    }

    @Test
    void topicNamesCarryTheVersionAndAreUnique() {
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates().contains("sightline.frames.v1");
    }
}
