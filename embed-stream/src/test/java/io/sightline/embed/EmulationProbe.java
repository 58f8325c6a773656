package io.sightline.embed;

import io.sightline.contracts.face.Embedding;
import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.store.ModelStore;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The program that {@code tests/jetson/run-under-qemu} runs on two processors: {@code embed MODELS FACES FILE} writes the registry embedder's
 * vectors of made-up aligned faces, one a line; {@code compare FILE FILE SMALLEST} ends with status 1 unless each pair is that similar.
 */
public final class EmulationProbe {
    private static final String MODEL = "mobilefacenet-faceplugin";
    private static final int BLOCK_PX = 9;

    private EmulationProbe() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 4 && args[0].equals("embed")) {
            embed(Path.of(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
        } else if (args.length == 4 && args[0].equals("compare")) {
            System.exit(compare(Path.of(args[1]), Path.of(args[2]), Double.parseDouble(args[3])));
        } else {
            System.err.println("EmulationProbe: embed MODELS FACES FILE, or compare FILE FILE SMALLEST");
            System.exit(2);
        }
    }

    private static void embed(Path models, int faces, Path file) throws IOException {
        Path cache = ModelStore.defaultCacheDir(System.getenv(), Path.of(System.getProperty("user.home")));
        VerifiedModel model = new ModelStore(models, cache).obtain(MODEL);
        List<RgbImage> aligned = IntStream.range(0, faces)
                .mapToObj(seed -> TestPictures.blocks(FaceAligner.SIDE_PX, BLOCK_PX, seed))
                .toList();
        try (FaceNetwork network = OnnxFaceNetwork.open(model, EmbedderSettings.defaults(), BatchMeters.unseen())) {
            long begun = System.nanoTime();
            List<float[]> vectors = network.vectors(aligned);
            System.out.printf(
                    Locale.ROOT,
                    "%s on %s (%s): %d faces of %d numbers, %.0f ms a face%n",
                    network.modelId(),
                    network.computedOn().provider(),
                    System.getProperty("os.arch"),
                    vectors.size(),
                    vectors.get(0).length,
                    (System.nanoTime() - begun) / 1e6 / faces);
            Files.write(file, vectors.stream().map(EmulationProbe::line).toList());
        }
    }

    private static String line(float[] vector) {
        return IntStream.range(0, vector.length)
                .mapToObj(i -> Float.toString(vector[i]))
                .collect(Collectors.joining(" "));
    }

    private static int compare(Path first, Path second, double smallest) throws IOException {
        List<Embedding> expected = read(first);
        List<Embedding> actual = read(second);
        if (expected.isEmpty() || expected.size() != actual.size()) {
            System.out.printf("%d vectors against %d%n", expected.size(), actual.size());
            return 1;
        }
        double worst = IntStream.range(0, expected.size())
                .mapToDouble(i -> expected.get(i).similarity(actual.get(i)))
                .min()
                .orElseThrow();
        double between = expected.size() < 2 ? 0 : expected.get(0).similarity(expected.get(1));
        System.out.printf(
                Locale.ROOT,
                "%d faces: smallest cosine between the two processors %.7f (at least %s); between two different faces %.3f%n",
                expected.size(),
                worst,
                smallest,
                between);
        return worst >= smallest ? 0 : 1;
    }

    private static List<Embedding> read(Path file) throws IOException {
        List<Embedding> read = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            double[] numbers = Arrays.stream(line.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            float[] vector = new float[numbers.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) numbers[i];
            }
            read.add(Embedding.normalised(vector));
        }
        return read;
    }
}
