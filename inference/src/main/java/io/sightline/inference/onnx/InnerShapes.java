package io.sightline.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import io.sightline.inference.ModelException;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The shapes of all values of a network, as one unoptimised run gives them: each inner value is made an output of the graph. */
final class InnerShapes {
    private InnerShapes() {}

    static Map<String, long[]> of(NetworkFile network, Path workDir) {
        Path all = write(network.file(), allValuesGiven(network.model()), workDir);
        try {
            return run(network, all, workDir);
        } finally {
            delete(all);
        }
    }

    /** Written into the folder under a new name, which the caller deletes. */
    static Path write(Path original, Model changed, Path workDir) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(workDir), "network-", ".onnx");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                changed.writeTo(out);
            }
            return file;
        } catch (IOException e) {
            throw new ModelException(
                    "a changed copy of " + original + " cannot be written into " + workDir + ": " + e, e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be removed: " + e, e);
        }
    }

    private static Model allValuesGiven(Model model) {
        Graph.Builder graph = model.getGraph().toBuilder();
        Set<String> given =
                graph.getOutputList().stream().map(ValueInfo::getName).collect(Collectors.toSet());
        model.getGraph().getNodeList().stream()
                .flatMap(node -> node.getOutputList().stream())
                .filter(name -> !name.isEmpty() && given.add(name))
                .forEach(name -> graph.addOutput(ValueInfo.newBuilder().setName(name)));
        return model.toBuilder().setGraph(graph).build();
    }

    private static Map<String, long[]> run(NetworkFile network, Path graph, Path workDir) {
        NetworkRun.Opening opening = new NetworkRun.Opening(graph, OrtSession.SessionOptions.OptLevel.NO_OPT, 1);
        try (NetworkRun run = NetworkRun.open(network, opening, workDir)) {
            Map<String, long[]> shapes = new HashMap<>();
            shapes.put(network.inputName(), network.inputShape());
            run.run(result -> result.forEach(
                    output -> shapeOf(output.getValue()).ifPresent(shape -> shapes.put(output.getKey(), shape))));
            return shapes;
        }
    }

    private static Optional<long[]> shapeOf(OnnxValue value) {
        return value instanceof OnnxTensor tensor ? Optional.of(tensor.getInfo().getShape()) : Optional.empty();
    }
}
