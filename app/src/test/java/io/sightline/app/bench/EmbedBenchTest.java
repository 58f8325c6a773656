package io.sightline.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.evaluate.TinyFaces;
import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.onnx.Provider;
import io.sightline.inference.onnx.ProviderException;
import io.sightline.inference.store.VerifiedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedBenchTest {
    private static final int OPSET = 12;
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    private final AtomicLong time = new AtomicLong();

    @Test
    void theMedianOfTheRoundsIsTheFigure() throws IOException {
        List<EmbedBench.Figure> figures = bench().run(Provider.CPU, List.of(1));

        assertThat(figures).containsExactly(new EmbedBench.Figure(Provider.CPU, 1, TimeUnit.MILLISECONDS.toNanos(2)));
        assertThat(figures.get(0).facesPerSecond()).isEqualTo(500);
    }

    @Test
    void aMissingProviderIsNotMeasuredOnTheCpuInstead() throws IOException {
        EmbedBench bench = bench();

        assertThatThrownBy(() -> bench.run(Provider.TENSORRT, List.of(1))).isInstanceOf(ProviderException.class);
    }

    @Test
    void batchesAreRefusedWhereTheCardAllowsNone() throws IOException {
        EmbedBench bench = bench();

        assertThatThrownBy(() -> bench.run(Provider.CPU, List.of(1, 4)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model mean-colour takes one face a run by its card, so it has no batch of 4");
    }

    /** On a clock by which each run takes 2 ms. */
    private EmbedBench bench() throws IOException {
        Path network = TinyFaces.write(folder, TinyFaces.network(TinyFaces.SIDE_PX, OPSET), TinyFaces.CARD);
        VerifiedModel model = new VerifiedModel(ModelCard.read(network.resolveSibling("mean-colour.yaml")), network);
        return new EmbedBench(model, 1, ROUNDS, () -> time.getAndAdd(TimeUnit.MILLISECONDS.toNanos(2)));
    }
}
