package io.sightline.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RegistryModels;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that lie in the repository, through the product's runtime. */
final class OwnModelsTest {
    @TempDir
    private Path cache;

    @ParameterizedTest
    @ValueSource(strings = {"fdretina", "fdretina-int8", "retinaface-mbv1-025"})
    void detectorTakesThePlainPictureInAnyMultipleOf32(String id) {
        try (OnnxModel model = OnnxModel.open(own(id), OnnxOptions.cpu(1))) {
            for (int[] size : new int[][] {{288, 480}, {384, 640}}) {
                TensorMap outputs = model.run(noise(3 * size[0] * size[1]), 1, 3, size[0], size[1]);

                assertThat(outputs.names()).containsAll(model.card().output().outputNames());
                assertThat(outputs.get("score_8").shape()).containsExactly(1, 4, size[0] / 8, size[1] / 8);
                assertThat(outputs.get("landmark_32").shape()).containsExactly(1, 20, size[0] / 32, size[1] / 32);
            }
        }
    }

    @Test
    void int8DetectorSeesNearlyAsItsFloatForm() {
        float[] input = noise(3 * 288 * 480);

        assertThat(cosine(run("fdretina", input, "box_8"), run("fdretina-int8", input, "box_8")))
                .isGreaterThan(0.95);
    }

    @Test
    void embedderGivesEachFaceOfABatchTheVectorItHasAlone() {
        float[] two = noise(2 * 3 * 112 * 112);

        try (OnnxModel model = OnnxModel.open(own("fdfacenet"), OnnxOptions.cpu(1))) {
            float[] together = model.run(two, 2, 3, 112, 112).get("embedding").values();
            float[] second = model.run(Arrays.copyOfRange(two, two.length / 2, two.length), 1, 3, 112, 112)
                    .get("embedding")
                    .values();

            assertThat(together).hasSize(1024);
            assertThat(cosine(Arrays.copyOfRange(together, 512, 1024), second)).isGreaterThan(0.99999);
        }
    }

    @Test
    void int8EmbedderGivesNearlyTheSameVector() {
        float[] input = noise(3 * 112 * 112);

        try (OnnxModel whole = OnnxModel.open(own("fdfacenet-int8"), OnnxOptions.cpu(1));
                OnnxModel floating = OnnxModel.open(own("fdfacenet"), OnnxOptions.cpu(1))) {
            assertThat(cosine(
                            whole.run(input, 1, 3, 112, 112).get("embedding").values(),
                            floating.run(input, 1, 3, 112, 112).get("embedding").values()))
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void landmarkerSeesAFaceNearTheTemplateInWhateverItIsShown() {
        float[] seen;
        try (OnnxModel model = OnnxModel.open(own("fdlandmark"), OnnxOptions.cpu(1))) {
            seen = model.run(noise(3 * 80 * 80), 1, 3, 80, 80).get("landmarks").values();
        }

        float[] template =
                FaceAligner.template().transformed(0.8f, -4.8f, -4.8f).toArray();
        assertThat(seen).containsExactly(template, within(20f));
    }

    private float[] run(String id, float[] input, String output) {
        try (OnnxModel model = OnnxModel.open(own(id), OnnxOptions.cpu(1))) {
            return model.run(input, 1, 3, 288, 480).get(output).values();
        }
    }

    private VerifiedModel own(String id) {
        return new ModelStore(RegistryModels.MODELS_DIR, cache).obtain(id);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }

    private static float[] noise(int length) {
        Random random = new Random(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
