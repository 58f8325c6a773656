package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.Layout;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.card.ModelOrigin;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.OperatorSet;
import io.sightline.inference.onnx.format.OnnxFormat.Shape;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFaceNetworkTest {
    private static final int FLOAT = 1;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    @Test
    void facesShareRunsWhereTheCardAllowsBatchesAndKeepTheirOrder() throws IOException {
        List<RgbImage> crowd = IntStream.range(0, 21)
                .mapToObj(i -> TestPictures.picture(
                        FaceAligner.SIDE_PX, FaceAligner.SIDE_PX, (x, y, channel) -> 10 * i + 5 * channel))
                .toList();

        try (FaceNetwork network =
                OnnxFaceNetwork.open(meanColour(), EmbedderSettings.defaults(), BatchMeters.in(registry))) {
            List<float[]> vectors = network.vectors(crowd);

            assertThat(vectors).hasSize(21);
            for (int i = 0; i < vectors.size(); i++) {
                float[] expected = {(10 * i + 10 - 100) * 0.5f, (10 * i + 5 - 100) * 0.5f, (10 * i - 100) * 0.5f};
                assertThat(vectors.get(i)).as("face %d", i).containsExactly(expected, within(1e-3f));
            }
            assertThat(registry.get("sightline.batch.size").summary().count()).isEqualTo(2);
            assertThat(registry.get("sightline.batch.size").summary().totalAmount())
                    .isEqualTo(21);
        }
    }

    @Test
    void runsAreOfFewSizesSoThatMemoryStaysFlat() {
        assertThat(OnnxFaceNetwork.batchFor(1)).isEqualTo(1);
        assertThat(OnnxFaceNetwork.batchFor(2)).isEqualTo(2);
        assertThat(OnnxFaceNetwork.batchFor(3)).isEqualTo(4);
        assertThat(OnnxFaceNetwork.batchFor(8)).isEqualTo(8);
        assertThat(OnnxFaceNetwork.batchFor(9)).isEqualTo(OnnxFaceNetwork.MAX_BATCH);
        assertThat(OnnxFaceNetwork.batchFor(OnnxFaceNetwork.MAX_BATCH)).isEqualTo(OnnxFaceNetwork.MAX_BATCH);
    }

    /** A network of any batch whose vector is the face's mean blue, green and red. */
    private VerifiedModel meanColour() throws IOException {
        byte[] graph = Model.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSet.newBuilder().setVersion(12))
                .setGraph(Graph.newBuilder()
                        .setName("mean-colour")
                        .addInput(value("input", 3, FaceAligner.SIDE_PX, FaceAligner.SIDE_PX))
                        .addNode(node("GlobalAveragePool", "input", "means"))
                        .addNode(node("Flatten", "means", "output"))
                        .addOutput(value("output", 3)))
                .build()
                .toByteArray();
        InputSpec input = new InputSpec(
                "input",
                Layout.NCHW,
                Extent.fixed(FaceAligner.SIDE_PX),
                Extent.fixed(FaceAligner.SIDE_PX),
                ChannelOrder.BGR,
                100,
                0.5f);
        ModelCard card = new ModelCard(
                "mean-colour",
                "mean-colour.onnx",
                sha256(graph),
                new ModelOrigin.Repository(),
                "none",
                input,
                new EmbedderSpec("output", 3, true, 0.4, 0.1, "a test"));
        return new VerifiedModel(card, Files.write(folder.resolve(card.file()), graph));
    }

    private static Node node(String operator, String input, String output) {
        return Node.newBuilder()
                .setOpType(operator)
                .addInput(input)
                .addOutput(output)
                .build();
    }

    /** Floats whose first dimension is open. */
    private static ValueInfo value(String name, long... furtherDimensions) {
        ValueInfo.Builder value = ValueInfo.newBuilder().setName(name);
        Shape.Builder shape =
                value.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT).getShapeBuilder();
        shape.addDimBuilder();
        for (long dimension : furtherDimensions) {
            shape.addDimBuilder().setDimValue(dimension);
        }
        return value.build();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
