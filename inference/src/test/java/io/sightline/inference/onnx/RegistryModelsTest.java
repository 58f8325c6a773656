package io.sightline.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RegistryModels;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryModelsTest {
    @Test
    void detectorTakesAnyMultipleOfItsLargestStride() {
        VerifiedModel verified = RegistryModels.obtain("retinaface-mnet025-v1");

        try (OnnxModel model = OnnxModel.open(verified, OnnxOptions.cpu(1))) {
            TensorMap outputs = model.run(new float[3 * 288 * 480], 1, 3, 288, 480);

            assertThat(outputs.get("face_rpn_landmark_pred_stride8").shape()).containsExactly(1, 20, 36, 60);
            assertThat(outputs.names())
                    .containsExactlyInAnyOrderElementsOf(model.card().output().outputNames());
            assertThatThrownBy(() -> model.run(new float[3 * 100 * 100], 1, 3, 100, 100))
                    .hasMessage("model retinaface-mnet025-v1 takes [batch, 3, height, width] with height a multiple of"
                            + " 32 px and width a multiple of 32 px, got [1, 3, 100, 100]");
        }
    }

    @Test
    void embedderGivesOneVectorThatIsTheSameEachTime() {
        VerifiedModel verified = RegistryModels.obtain("mobilefacenet-faceplugin");
        float[] input = noise(3 * 112 * 112);

        try (OnnxModel model = OnnxModel.open(verified, OnnxOptions.cpu(1))) {
            float[] first = model.run(input, 1, 3, 112, 112).get("output").values();
            float[] second = model.run(input, 1, 3, 112, 112).get("output").values();

            assertThat(first).hasSize(512).isEqualTo(second);
            assertThat(first[0]).isNotCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void embedderComputesTheSameWhenWrittenForThisProcessor(@TempDir Path folder) throws IOException {
        VerifiedModel cached = RegistryModels.obtain("mobilefacenet-faceplugin");

        OnnxModel.open(new VerifiedModel(cached.card(), cached.file(), folder), OnnxOptions.cpu(1))
                .close();

        try (Stream<Path> derived = Files.list(folder)) {
            assertThat(derived).anyMatch(file -> file.getFileName().toString().startsWith("same-results-"));
        }
    }

    private static float[] noise(int length) {
        Random random = new Random(7);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextFloat() * 2 - 1;
        }
        return noise;
    }
}
