package io.sightline.inference.onnx;

import static io.sightline.inference.onnx.TinyGraphs.FLOAT;
import static io.sightline.inference.onnx.TinyGraphs.floats;
import static io.sightline.inference.onnx.TinyGraphs.node;
import static io.sightline.inference.onnx.TinyGraphs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.onnxruntime.OrtEnvironment;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import io.sightline.inference.store.VerifiedModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphRewritesTest {
    @TempDir
    Path folder;

    @Test
    void preluIsWrittenOutAndComputesTheSame() {
        Model original = TinyGraphs.embedder();

        Model rewritten = PReluRewrite.apply(original).orElseThrow();

        assertThat(rewritten.getGraph().getNodeList())
                .extracting(Node::getOpType)
                .containsExactly("Relu", "Mul", "Mul", "Add", "Flatten", "MatMul");
        assertThat(results(rewritten)).containsExactly(results(original), offset(1e-3f));
    }

    @Test
    void oneSlopeOfTwoNodesIsKeptOnce() {
        Graph.Builder graph = Graph.newBuilder()
                .addInitializer(floats("slopes", new float[] {0.25f}, 1).toBuilder()
                        .clearRawData()
                        .addFloatData(0.25f))
                .addNode(node("PRelu", "first", "input", "slopes"))
                .addNode(node("PRelu", "output", "first", "slopes"));
        Model model = TinyGraphs.model(graph, value("input", FLOAT, 1, 3, 4, 4), value("output", FLOAT, 1, 3, 4, 4));

        Model rewritten = PReluRewrite.apply(model).orElseThrow();

        assertThat(rewritten.getGraph().getInitializerList())
                .extracting(Tensor::getName)
                .containsExactly("slopes", "slopes/complement");
        assertThat(FloatTensors.values(rewritten.getGraph().getInitializer(1)).get(0))
                .isEqualTo(0.75f);
        assertThat(rewritten.getGraph().getNodeCount()).isEqualTo(8);
    }

    @Test
    void preluWhoseSlopeIsNoConstantStays() {
        Model model = TinyGraphs.embedder();
        Model slopeIsInput = model.toBuilder()
                .setGraph(model.getGraph().toBuilder().addInput(value("slopes", FLOAT, 3, 1, 1)))
                .build();
        Model slopeIsComputed = model.toBuilder()
                .setGraph(model.getGraph().toBuilder().removeInitializer(0))
                .build();

        assertThat(PReluRewrite.apply(slopeIsInput)).isEmpty();
        assertThat(PReluRewrite.apply(slopeIsComputed)).isEmpty();
        assertThat(PReluRewrite.apply(TinyGraphs.detector())).isEmpty();
    }

    @Test
    void tinyWeightsBecomeZeroAndOthersStay() {
        float[] matrix = new float[96];
        matrix[0] = 1e-40f;
        matrix[1] = -9e-13f;
        matrix[2] = 2e-12f;
        matrix[3] = -1;
        Model model = TinyGraphs.embedder(new float[] {0.1f, 0.2f, 0.3f}, matrix);

        Model flushed = TinyWeights.apply(model).orElseThrow();

        FloatBuffer values = FloatTensors.values(flushed.getGraph().getInitializer(1));
        assertThat(values.get(0)).isZero();
        assertThat(values.get(1)).isZero();
        assertThat(values.get(2)).isEqualTo(2e-12f);
        assertThat(values.get(3)).isEqualTo(-1);
        assertThat(flushed.getGraph().getInitializer(0))
                .isEqualTo(model.getGraph().getInitializer(0));
        assertThat(TinyWeights.apply(flushed)).isEmpty();
    }

    @Test
    void fieldsThatAreNotKnownHereTravelUnchanged() throws InvalidProtocolBufferException {
        Model model = TinyGraphs.embedder();
        byte[] producer = {0x12, 3, 'a', 'b', 'c'};
        byte[] bytes = new byte[model.getSerializedSize() + producer.length];
        System.arraycopy(producer, 0, bytes, 0, producer.length);
        System.arraycopy(model.toByteArray(), 0, bytes, producer.length, model.getSerializedSize());

        Model rewritten = PReluRewrite.apply(Model.parseFrom(bytes)).orElseThrow();

        assertThat(rewritten.getUnknownFields().getField(2).getLengthDelimitedList())
                .singleElement()
                .satisfies(text -> assertThat(text.toStringUtf8()).isEqualTo("abc"));
    }

    @Test
    void aRewriteThatComputesSomethingElseIsNotUsed() {
        Model original = TinyGraphs.embedder();
        Model other = TinyGraphs.embedder(new float[] {0.25f, 0.5f, -0.99f}, ones());
        VerifiedModel verified = TinyGraphs.asEmbedder(folder, original.toByteArray());
        NativeLibraries.prepare(verified.workDir());
        RewriteProof proof = new RewriteProof(verified, new SessionOpener(verified, OnnxOptions.cpu(1)));

        OrtEnvironment environment = RuntimeEnvironment.get();
        assertThat(proof.holds(environment, original.toByteArray(), other.toByteArray()))
                .isFalse();
        assertThat(proof.holds(environment, original.toByteArray(), original.toByteArray()))
                .isTrue();
    }

    private float[] results(Model graph) {
        VerifiedModel verified = TinyGraphs.asEmbedder(folder, graph.toByteArray());
        NativeLibraries.prepare(verified.workDir());
        Random random = new Random(3);
        FloatBuffer input = OnnxModel.inputBuffer(48);
        while (input.hasRemaining()) {
            input.put(random.nextFloat() * 2 - 1);
        }
        input.flip();
        try (OnnxSession session = new SessionOpener(verified, OnnxOptions.cpu(1))
                .open(RuntimeEnvironment.get(), graph.toByteArray(), Provider.CPU)) {
            return session.run(input, 1, 3, 4, 4).get("output").values();
        }
    }

    private static float[] ones() {
        float[] ones = new float[96];
        Arrays.fill(ones, 1);
        return ones;
    }
}
