package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Embedding;
import io.sightline.inference.ModelException;
import io.sightline.inference.RgbImage;
import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.card.OutputSpec;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The registry's embedder, and cards that say other things of the same file. Skipped where it cannot be had, except on CI. */
class RegistryEmbedderTest {
    private static final RgbImage FACE = TestPictures.picture(
            112,
            112,
            (x, y, channel) -> 128 + (int) (60 * Math.sin((x + 20 * channel) / 9.0) * Math.cos(y / (7.0 + channel))));

    @SuppressWarnings("NullAway.Init") // obtained before each test
    private VerifiedModel model;

    @BeforeEach
    void obtain() {
        Path cache = ModelStore.defaultCacheDir(System.getenv(), Path.of(System.getProperty("user.home")));
        try {
            model = new ModelStore(Path.of("..", "models"), cache).obtain("mobilefacenet-faceplugin");
        } catch (ModelException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            throw new TestAbortedException("needs the registry's embedder: " + e.getMessage());
        }
    }

    @Test
    void vectorHasTheCardsDimensionAndUnitLengthAndIsTheSameEachTime() {
        try (FaceEmbedder embedder = FaceEmbedder.open(model, EmbedderSettings.defaults())) {
            Embedding first = embedding(embedder);

            assertThat(embedder.modelId()).isEqualTo("mobilefacenet-faceplugin");
            assertThat(first.dimension()).isEqualTo(512);
            assertThat(first.similarity(first)).isCloseTo(1, within(1e-5f));
            assertThat(embedding(embedder)).isEqualTo(first);
        }
    }

    @Test
    void channelOrderIsTheCards() {
        RgbImage swapped =
                TestPictures.picture(112, 112, (x, y, channel) -> FACE.rgb()[FACE.offset(x, y) + 2 - channel] & 0xff);
        InputSpec input = model.card().input();
        InputSpec blueFirst = new InputSpec(
                input.name(),
                input.layout(),
                input.width(),
                input.height(),
                ChannelOrder.BGR,
                input.mean(),
                input.scale());

        float[] bySwappedPicture = vectors(model, List.of(swapped)).get(0);
        float[] bySwappedCard =
                vectors(with(blueFirst, model.card().output()), List.of(FACE)).get(0);

        assertThat(bySwappedCard).isEqualTo(bySwappedPicture);
        assertThat(bySwappedCard).isNotEqualTo(vectors(model, List.of(FACE)).get(0));
    }

    @Test
    void meanAndScaleAreTheCards() {
        InputSpec input = model.card().input();
        InputSpec raw =
                new InputSpec(input.name(), input.layout(), input.width(), input.height(), input.channels(), 0, 1);

        float[] otherwiseScaled =
                vectors(with(raw, model.card().output()), List.of(FACE)).get(0);

        assertThat(otherwiseScaled).isNotEqualTo(vectors(model, List.of(FACE)).get(0));
    }

    @Test
    void facesGoOneByOneWhereTheCardAllowsNoBatches() {
        RgbImage other = TestPictures.blocks(112, 9, 4);

        List<float[]> together = vectors(model, List.of(FACE, other, FACE));

        assertThat(together.get(0)).isEqualTo(vectors(model, List.of(FACE)).get(0));
        assertThat(together.get(1)).isEqualTo(vectors(model, List.of(other)).get(0));
        assertThat(together.get(2)).isEqualTo(together.get(0));
    }

    @Test
    void modelOfAnotherInputSizeIsRefusedWithBothSizes() {
        InputSpec input = model.card().input();
        InputSpec narrow = new InputSpec(
                input.name(),
                input.layout(),
                Extent.fixed(96),
                input.height(),
                input.channels(),
                input.mean(),
                input.scale());

        assertThatThrownBy(() -> FaceEmbedder.open(with(narrow, model.card().output()), EmbedderSettings.defaults()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("96 px by 112 px")
                .hasMessageContaining("aligned to 112x112");
    }

    @Test
    void cardThatPromisesAnotherDimensionStopsTheStart() {
        EmbedderSpec spec = model.card().embedder();
        EmbedderSpec shorter = new EmbedderSpec(
                spec.output(), 128, spec.batches(), spec.threshold(), spec.margin(), spec.thresholdOrigin());

        assertThatThrownBy(() -> FaceEmbedder.open(with(model.card().input(), shorter), EmbedderSettings.defaults()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("128");
    }

    private static Embedding embedding(FaceEmbedder embedder) {
        return embedder.embed(TestPictures.blocks(112, 9, 4), TestPictures.frontal(1, 0, 0), 80)
                .embedding()
                .orElseThrow();
    }

    private static List<float[]> vectors(VerifiedModel of, List<RgbImage> faces) {
        try (FaceNetwork network = OnnxFaceNetwork.open(of, EmbedderSettings.defaults(), BatchMeters.unseen())) {
            return network.vectors(faces);
        }
    }

    /** The same file under a card that says something else. */
    private VerifiedModel with(InputSpec input, OutputSpec output) {
        ModelCard card = model.card();
        return new VerifiedModel(
                new ModelCard(card.id(), card.file(), card.sha256(), card.origin(), card.licence(), input, output),
                model.file(),
                model.workDir());
    }
}
