package io.sightline.inference.card;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code <id>.yaml}: the one place that knows how a card is written. */
final class CardReader {
    private static final String WHAT = "the model card";
    private static final int MAX_ANCHOR_PX = 4096;

    private CardReader() {}

    static ModelCard read(Path file) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields("", YamlFile.read(WHAT, file), mistakes);
        Identity identity = Identity.read(fields);
        Optional<InputSpec> input = input(fields.section("input"), mistakes);
        Optional<OutputSpec> output = output(fields, mistakes);
        if (fields.has("notes")) {
            fields.text("notes");
        }
        fields.finish();
        input.ifPresent(in -> output.ifPresent(out -> checkStrides(in, out, fields)));
        mistakes.finish(WHAT, file);
        return new ModelCard(
                identity.id(),
                identity.file(),
                identity.sha256(),
                identity.origin().orElseThrow(),
                identity.licence(),
                input.orElseThrow(),
                output.orElseThrow());
    }

    private static Optional<InputSpec> input(Fields fields, Mistakes mistakes) {
        String name = fields.text("name");
        Layout layout = fields.choice("layout", Layout.class);
        Extent width = extent(fields, "width");
        Extent height = extent(fields, "height");
        ChannelOrder channels = fields.choice("channels", ChannelOrder.class);
        double mean = fields.decimal("mean", 0, 255);
        double scale = fields.decimal("scale", 1e-6, 1e3);
        fields.finish();
        return mistakes.isEmpty()
                ? Optional.of(new InputSpec(name, layout, width, height, channels, (float) mean, (float) scale))
                : Optional.empty();
    }

    /** Either {@code width-px: 112} or {@code width-multiple-of-px: 32}. */
    private static Extent extent(Fields fields, String side) {
        String fixed = side + "-px";
        String multiple = side + "-multiple-of-px";
        if (fields.has(fixed) && fields.has(multiple)) {
            fields.mistake(fixed, "contradicts " + multiple + ": keep one of them");
        }
        return fields.has(multiple)
                ? Extent.multipleOf((int) fields.whole(multiple, 1, Extent.MAX_PX))
                : Extent.fixed((int) fields.whole(fixed, 1, Extent.MAX_PX));
    }

    private static Optional<OutputSpec> output(Fields fields, Mistakes mistakes) {
        ModelKind kind = fields.choice("kind", ModelKind.class);
        return switch (kind) {
            case DETECTOR -> detector(fields.section("detector"), mistakes);
            case LANDMARKER -> landmarker(fields.section("landmarker"), mistakes);
            case EMBEDDER -> embedder(fields.section("embedder"), mistakes);
        };
    }

    private static Optional<OutputSpec> detector(Fields fields, Mistakes mistakes) {
        AnchorConvention convention = fields.choice("anchors", AnchorConvention.class);
        double centreVariance = fields.decimal("centre-variance", 1e-3, 10);
        double sizeVariance = fields.decimal("size-variance", 1e-3, 10);
        double landmarkFactor = fields.decimal("landmark-factor", 1e-3, 10);
        ScoreForm scores =
                fields.has("score-form") ? fields.choice("score-form", ScoreForm.class) : ScoreForm.PROBABILITIES;
        List<Optional<Level>> levels = fields.sections("levels").stream()
                .map(level -> level(level, mistakes))
                .toList();
        fields.finish();
        return mistakes.isEmpty()
                ? Optional.of(new DetectorSpec(
                        levels.stream().map(Optional::orElseThrow).toList(),
                        convention,
                        (float) centreVariance,
                        (float) sizeVariance,
                        (float) landmarkFactor,
                        scores))
                : Optional.empty();
    }

    private static Optional<Level> level(Fields fields, Mistakes mistakes) {
        long stride = fields.whole("stride-px", 1, Level.MAX_STRIDE_PX);
        List<Integer> anchors = fields.wholes("anchors-px", 1, MAX_ANCHOR_PX);
        String score = fields.text("scores");
        String box = fields.text("boxes");
        String landmark = fields.text("landmarks");
        fields.finish();
        return mistakes.isEmpty()
                ? Optional.of(new Level((int) stride, score, box, landmark, anchors))
                : Optional.empty();
    }

    private static Optional<OutputSpec> landmarker(Fields fields, Mistakes mistakes) {
        String output = fields.text("output");
        double first = fields.decimal("window-first-px", -LandmarkerSpec.MAX_BEYOND_PX, LandmarkerSpec.MAX_BEYOND_PX);
        double end = fields.decimal("window-end-px", 0, 2 * LandmarkerSpec.MAX_BEYOND_PX);
        if (first >= end) {
            fields.mistake("window-end-px", "must be above window-first-px, " + first);
        }
        fields.finish();
        return mistakes.isEmpty()
                ? Optional.of(new LandmarkerSpec(output, (float) first, (float) end))
                : Optional.empty();
    }

    private static Optional<OutputSpec> embedder(Fields fields, Mistakes mistakes) {
        String output = fields.text("output");
        long dimension = fields.whole("dimension", 2, EmbedderSpec.MAX_DIMENSION);
        boolean batches = fields.flag("batches");
        double threshold = fields.decimal("threshold", -1, 1);
        double margin = fields.decimal("margin", 0, 2);
        String origin = fields.text("threshold-origin");
        fields.finish();
        return mistakes.isEmpty()
                ? Optional.of(new EmbedderSpec(output, (int) dimension, batches, threshold, margin, origin))
                : Optional.empty();
    }

    private static void checkStrides(InputSpec input, OutputSpec output, Fields fields) {
        if (output instanceof DetectorSpec detector) {
            for (Level level : detector.levels()) {
                if (input.width().px() % level.stridePx() != 0 || input.height().px() % level.stridePx() != 0) {
                    fields.mistake(
                            "detector.levels",
                            "stride " + level.stridePx() + " px does not divide the input, " + input.width() + " by "
                                    + input.height());
                }
            }
        }
    }

    /** The part of a card that the lock repeats. */
    record Identity(String id, String file, String sha256, Optional<ModelOrigin> origin, String licence) {
        static Identity read(Fields fields) {
            String id = fields.text(
                    "id",
                    "1 to 64 of a-z, 0-9 and -",
                    text -> ModelCard.ID.matcher(text).matches());
            String file = fields.text(
                    "file",
                    "a plain file name",
                    text -> ModelCard.FILE.matcher(text).matches());
            String sha256 = fields.text(
                    "sha256",
                    "64 lower-case hexadecimal digits",
                    text -> ModelCard.SHA256.matcher(text).matches());
            String origin = fields.text(
                    "origin", ModelOrigin.FORMS, text -> ModelOrigin.parse(text).isPresent());
            return new Identity(id, file, sha256, ModelOrigin.parse(origin), fields.text("licence"));
        }
    }
}
