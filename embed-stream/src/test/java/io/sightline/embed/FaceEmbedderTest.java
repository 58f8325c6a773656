package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.embed.picture.CropReader;
import io.sightline.embed.picture.UnreadableCropException;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaceEmbedderTest {
    private static final RgbImage SHARP = TestPictures.blocks(112, 6, 1);
    private static final Landmarks FRONTAL = TestPictures.frontal(1, 0, 0);

    private final FakeFaceNetwork network = new FakeFaceNetwork();
    private final FaceEmbedder embedder = FaceEmbedder.over(network, EmbedderSettings.defaults());

    @Test
    void goodFaceGetsAUnitVectorAndItsAlignedPicture() throws UnreadableCropException {
        EmbeddedCrop crop = embedder.embed(SHARP, FRONTAL, 80);

        assertThat(crop.quality().flaw()).isEmpty();
        assertThat(crop.embedding().orElseThrow().dimension()).isEqualTo(4);
        assertThat(length(crop.embedding().orElseThrow())).isCloseTo(1, within(1e-6));
        assertThat(CropReader.read(crop.aligned()).widthPx()).isEqualTo(FaceAligner.SIDE_PX);
    }

    @Test
    void smallFaceIsNotEvenDecoded() {
        FaceView small = new FaceView(
                () -> {
                    throw new AssertionError("asked for the picture");
                },
                FRONTAL,
                23.9f);

        EmbeddedCrop crop = embedder.embed(List.of(small)).get(0);

        assertFlawed(crop, QualityFlaw.SIZE);
        assertThat(network.runs()).isEmpty();
    }

    @Test
    void blurredFaceIsNotEmbedded() {
        assertFlawed(embedder.embed(TestPictures.flat(112, 112, 90), FRONTAL, 80), QualityFlaw.BLUR);
    }

    @Test
    void turnedFaceIsNotEmbedded() {
        assertFlawed(embedder.embed(SHARP, TestPictures.profile(), 80), QualityFlaw.POSE);
    }

    @Test
    void landmarksOnOneSpotAreAFaceTurnedBeyondMeasure() {
        Landmarks spot = Landmarks.of(9, 9, 9, 9, 9, 9, 9, 9, 9, 9);

        EmbeddedCrop crop = embedder.embed(SHARP, spot, 80);

        assertThat(crop.embedding()).isEmpty();
        assertThat(crop.quality().poseResidualPx()).isEqualTo(FaceAligner.WORST_RESIDUAL_PX);
        assertThat(crop.quality().score()).isZero();
    }

    @Test
    void pictureThatCannotBeReadCountsAsBlurred() {
        FaceView unreadable = new FaceView(Optional::empty, FRONTAL, 80);

        assertFlawed(embedder.embed(List.of(unreadable)).get(0), QualityFlaw.BLUR);
    }

    @Test
    void goodFacesOfAFrameShareOneRunAndKeepTheirPlaces() {
        RgbImage other = TestPictures.blocks(112, 6, 2);
        List<FaceView> faces = List.of(
                FaceView.in(SHARP, FRONTAL, 80),
                FaceView.in(SHARP, FRONTAL, 10),
                FaceView.in(other, FRONTAL, 80),
                FaceView.in(SHARP, TestPictures.profile(), 80),
                FaceView.in(SHARP, FRONTAL, 60));

        List<EmbeddedCrop> embedded = embedder.embed(faces);

        assertThat(network.runs()).containsExactly(6);
        assertThat(embedded.stream().map(crop -> crop.embedding().isPresent()))
                .containsExactly(true, false, true, false, true);
        assertThat(embedded.get(0).embedding()).isEqualTo(embedded.get(4).embedding());
        assertThat(embedded.get(2).embedding())
                .isEqualTo(embedder.embed(other, FRONTAL, 80).embedding());
        assertThat(embedded.get(2).embedding()).isNotEqualTo(embedded.get(0).embedding());
    }

    @Test
    void faceIsSeenMirroredAsWellUnlessTheSettingsSayNo() {
        EmbedderSettings mirroring = EmbedderSettings.defaults();
        EmbedderSettings plain = new EmbedderSettings(
                mirroring.gates(), mirroring.faceJpegQuality(), false, mirroring.batchWait(), mirroring.network());

        Embedding one = FaceEmbedder.over(network, plain)
                .embed(SHARP, FRONTAL, 80)
                .embedding()
                .orElseThrow();
        Embedding both = embedder.embed(SHARP, FRONTAL, 80).embedding().orElseThrow();

        assertThat(network.runs()).containsExactly(1, 2);
        // the mean colour of a mirror image is the face's own
        assertThat(both.similarity(one)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void noFacesNeedNoRun() {
        assertThat(embedder.embed(List.of())).isEmpty();
        assertThat(network.runs()).isEmpty();
    }

    @Test
    void embeddingAndFlawExcludeEachOther() {
        Quality flawed = new Quality(10, 0, 1, 0.2f, Optional.of(QualityFlaw.SIZE));

        assertThatThrownBy(() ->
                        new EmbeddedCrop(flawed, Optional.of(Embedding.normalised(new float[] {1, 0})), Jpeg.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("both");
    }

    @Test
    void closingClosesTheNetwork() {
        embedder.close();

        assertThat(network.isClosed()).isTrue();
    }

    private static void assertFlawed(EmbeddedCrop crop, QualityFlaw flaw) {
        assertThat(crop.quality().flaw()).contains(flaw);
        assertThat(crop.embedding()).isEmpty();
        assertThat(crop.aligned().isEmpty()).isTrue();
    }

    private static double length(Embedding embedding) {
        double squares = 0;
        for (float value : embedding.values()) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
