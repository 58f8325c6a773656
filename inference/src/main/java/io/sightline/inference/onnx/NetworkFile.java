package io.sightline.inference.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sightline.inference.ModelException;
import io.sightline.inference.onnx.format.OnnxFormat.Dimension;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An ONNX file without a card, read to be counted and timed: one picture of floats goes in, anything comes out. Its weights
 * stay in the file, which must not change meanwhile: a folder of networks is more than the heap holds.
 */
public final class NetworkFile {
    /** Between these, the operators that are counted mean the same. */
    static final int MIN_OPSET = 7;

    static final int MAX_OPSET = 23;

    private static final String FREE = "free";
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final Path file;
    private final Model outline;
    private final String inputName;
    private final long[] inputShape;

    private NetworkFile(Path file, Model outline, String inputName, long[] inputShape) {
        this.file = file;
        this.outline = outline;
        this.inputName = inputName;
        this.inputShape = inputShape;
    }

    /**
     * Throws {@link ModelException} where the file is no ONNX model, has an opset that is not counted, or takes something else
     * than one picture.
     *
     * @param size of the picture, for networks that leave it free; others keep their own
     */
    public static NetworkFile read(Path file, Optional<PictureSize> size) {
        Model model = parse(file);
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new ModelException(file + " is no ONNX model: it holds no graph; leave only networks in the folder");
        }
        requireOpset(file, model);
        ValueInfo input = input(file, model);
        return new NetworkFile(file, withoutWeights(model), input.getName(), shape(file, input, size));
    }

    /** The file's name without its ending. */
    public String name() {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }

    /** The size at which it is counted and timed. */
    public PictureSize picture() {
        return new PictureSize((int) inputShape[COLUMNS], (int) inputShape[ROWS]);
    }

    public long sizeBytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
    }

    Path file() {
        return file;
    }

    /** Nodes, and names and shapes of weights. */
    Model outline() {
        return outline;
    }

    /** All of it, read again. */
    Model model() {
        return parse(file);
    }

    String inputName() {
        return inputName;
    }

    /** {@code [1, channels, height, width]}. */
    long[] inputShape() {
        return inputShape.clone();
    }

    /** Mapped, so that the weights of a large network are copied once, not through buffers. */
    private static Model parse(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return Model.parseFrom(CodedInputStream.newInstance(mapped));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    file + " is no ONNX model: " + e.getMessage() + "; leave only networks in the folder", e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
    }

    private static Model withoutWeights(Model model) {
        Model.Builder outline = model.toBuilder();
        for (Tensor.Builder tensor : outline.getGraphBuilder().getInitializerBuilderList()) {
            tensor.clearRawData().clearFloatData();
        }
        return outline.build();
    }

    private static void requireOpset(Path file, Model model) {
        List<Long> versions = model.getOpsetImportList().stream()
                .filter(opset ->
                        opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx"))
                .map(opset -> opset.getVersion())
                .toList();
        if (versions.size() != 1 || versions.get(0) < MIN_OPSET || versions.get(0) > MAX_OPSET) {
            throw new ModelException(file + " has opset " + (versions.isEmpty() ? "none" : versions.get(0)) + ", but "
                    + MIN_OPSET + " to " + MAX_OPSET + " can be counted: export it again, with opset 13 for example");
        }
    }

    private static ValueInfo input(Path file, Model model) {
        Set<String> weights = model.getGraph().getInitializerList().stream()
                .map(Tensor::getName)
                .collect(Collectors.toSet());
        List<ValueInfo> inputs = model.getGraph().getInputList().stream()
                .filter(input -> !weights.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new ModelException(file + " has the inputs "
                    + inputs.stream().map(ValueInfo::getName).toList() + ", but one picture is what is timed");
        }
        return inputs.get(0);
    }

    private static long[] shape(Path file, ValueInfo input, Optional<PictureSize> size) {
        var type = input.getType().getTensorType();
        List<Dimension> dimensions = type.getShape().getDimList();
        if (dimensions.size() != COLUMNS + 1
                || type.getElemType() != FloatTensors.FLOAT
                || !dimensions.get(1).hasDimValue()) {
            throw new ModelException(file + ": input '" + input.getName() + "' has shape " + text(dimensions)
                    + ", but one of 32-bit floats, [n, channels, height, width] with fixed channels, is what is timed");
        }
        long rows = side(dimensions.get(ROWS), size.map(PictureSize::heightPx));
        long columns = side(dimensions.get(COLUMNS), size.map(PictureSize::widthPx));
        if (rows < 1 || columns < 1) {
            throw new ModelException(file + ": input '" + input.getName() + "' has shape " + text(dimensions)
                    + ", which leaves the picture's size free: say --size WIDTHxHEIGHT");
        }
        return new long[] {1, dimensions.get(1).getDimValue(), rows, columns};
    }

    private static long side(Dimension dimension, Optional<Integer> free) {
        return dimension.getDimValue() > 0 ? dimension.getDimValue() : free.orElse(0);
    }

    private static String text(List<Dimension> dimensions) {
        return Arrays.toString(dimensions.stream()
                .map(dimension -> dimension.hasDimValue()
                        ? Long.toString(dimension.getDimValue())
                        : dimension.getDimParam().isEmpty() ? FREE : dimension.getDimParam())
                .toArray());
    }
}
