package io.sightline.inference.onnx;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.DetectorSpec;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.LandmarkerSpec;
import io.sightline.inference.card.Level;
import io.sightline.inference.card.ModelCard;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a graph is what its card says: names, element type and shapes, declared and as computed. */
final class ShapeCheck {
    private static final int CHANNELS = 3;
    private static final int LANDMARK_VALUES = 10;
    private static final int BOX_VALUES = 4;
    private static final int SCORE_VALUES = 2;

    private ShapeCheck() {}

    static long elements(long... shape) {
        long elements = 1;
        for (long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /**
     * The shape of the picture that proves the others: where sides are free, three and two times the least, so that an
     * exchange of rows and columns shows.
     */
    static long[] probe(InputSpec input) {
        return new long[] {1, CHANNELS, probePx(input.height(), 2), probePx(input.width(), 3)};
    }

    /** Throws {@link IllegalArgumentException}: the caller gave a shape that the card does not allow. */
    static void checkInput(ModelCard card, long... shape) {
        boolean fits = shape.length == 4
                && shape[0] >= 1
                && shape[1] == CHANNELS
                && fits(card.input().height(), shape[2])
                && fits(card.input().width(), shape[3]);
        if (!fits) {
            throw new IllegalArgumentException("model " + card.id() + " takes [batch, 3, height, width] with height "
                    + card.input().height() + " and width " + card.input().width() + ", got "
                    + Arrays.toString(shape));
        }
        if (shape[0] > 1 && card.output() instanceof EmbedderSpec embedder && !embedder.batches()) {
            throw new IllegalArgumentException(
                    "model " + card.id() + " takes one face a run (batches: false), got " + shape[0]);
        }
    }

    /** Throws {@link ModelException} when names, types or fixed dimensions of the graph contradict the card. */
    static void checkDeclared(ModelCard card, OnnxSession session) {
        Map<String, Optional<long[]>> inputs = session.declaredInputs();
        long[] input = declared(card, "input", card.input().name(), inputs);
        if (inputs.size() != 1) {
            throw mismatch(card, "it has the inputs " + new TreeSet<>(inputs.keySet()) + ", but one is allowed");
        }
        long[] asked = probe(card.input());
        if (!agree(input, asked)) {
            throw mismatch(
                    card,
                    "input '" + card.input().name() + "' has shape " + Arrays.toString(input)
                            + ", but the card asks for " + Arrays.toString(asked));
        }
        Map<String, Optional<long[]>> outputs = session.declaredOutputs();
        for (String name : card.output().outputNames()) {
            declared(card, "output", name, outputs);
        }
    }

    /** Throws {@link ModelException} when a run's results have other shapes than the card says. */
    static void checkOutputs(ModelCard card, TensorMap outputs, int widthPx, int heightPx) {
        if (card.output() instanceof EmbedderSpec embedder) {
            expect(card, outputs, embedder.output(), 1, embedder.dimension());
        } else if (card.output() instanceof LandmarkerSpec landmarker) {
            expect(card, outputs, landmarker.output(), 1, LANDMARK_VALUES);
        } else if (card.output() instanceof DetectorSpec detector) {
            long allAnchors = detector.levels().stream()
                    .mapToLong(level -> anchors(level, widthPx, heightPx))
                    .sum();
            for (Level level : detector.levels()) {
                Head head = new Head(level, widthPx / level.stridePx(), heightPx / level.stridePx(), allAnchors);
                head.expect(card, outputs.get(level.scoreOutput()), level.scoreOutput(), SCORE_VALUES);
                head.expect(card, outputs.get(level.boxOutput()), level.boxOutput(), BOX_VALUES);
                head.expect(card, outputs.get(level.landmarkOutput()), level.landmarkOutput(), LANDMARK_VALUES);
            }
        }
    }

    private static long anchors(Level level, int widthPx, int heightPx) {
        return (long) (widthPx / level.stridePx())
                * (heightPx / level.stridePx())
                * level.anchorsPx().size();
    }

    /** A level's outputs at one input size: planes, which messages ask for, rows of its own, or rows of all levels. */
    private record Head(Level level, int columns, int rows, long allAnchors) {
        void expect(ModelCard card, Tensor output, String name, int values) {
            long perCell = level.anchorsPx().size();
            long[] planes = {1, values * perCell, rows, columns};
            long[] own = {1, perCell * rows * columns, values};
            long[] all = {1, allAnchors, values};
            long[] actual = output.shape();
            if (!Arrays.equals(actual, planes) && !Arrays.equals(actual, own) && !Arrays.equals(actual, all)) {
                throw mismatch(
                        card,
                        "output '" + name + "' has shape " + Arrays.toString(actual) + ", but the card asks for "
                                + Arrays.toString(planes));
            }
        }
    }

    private static int probePx(Extent side, int times) {
        return side.isFixed() ? side.px() : Math.min(times, Extent.MAX_PX / side.px()) * side.px();
    }

    private static boolean fits(Extent side, long px) {
        return px <= Extent.MAX_PX && side.fits((int) px);
    }

    private static long[] declared(ModelCard card, String role, String name, Map<String, Optional<long[]>> nodes) {
        Optional<long[]> shape = nodes.get(name);
        if (shape == null) {
            throw mismatch(card, "it has no " + role + " '" + name + "', but " + new TreeSet<>(nodes.keySet()));
        }
        return shape.orElseThrow(() -> mismatch(card, role + " '" + name + "' is no tensor of 32-bit floats"));
    }

    private static boolean agree(long[] declared, long[] asked) {
        boolean agrees = declared.length == asked.length;
        for (int i = 0; agrees && i < asked.length; i++) {
            agrees = declared[i] < 0 || declared[i] == asked[i];
        }
        return agrees;
    }

    private static void expect(ModelCard card, TensorMap outputs, String name, long... expected) {
        long[] actual = outputs.get(name).shape();
        if (!Arrays.equals(actual, expected)) {
            throw mismatch(
                    card,
                    "output '" + name + "' has shape " + Arrays.toString(actual) + ", but the card asks for "
                            + Arrays.toString(expected));
        }
    }

    private static ModelException mismatch(ModelCard card, String what) {
        return new ModelException("model " + card.id() + ": " + card.file() + " does not fit its card: " + what
                + "; correct models/" + card.id() + ".yaml or take the file that it was written for");
    }
}
