package io.sightline.app.bench.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.inference.onnx.NetworkCosts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelsReportTest {
    private static final ModelsBench BENCH = new ModelsBench(List.of(1, 2), 15, () -> 0, Path.of("work"));

    @Test
    void tableHasALineForEachNetworkWithFiguresInTheUnitsOfItsHead() {
        List<String> lines =
                new ModelsReport(List.of(figures("fdfacenet", 3)), BENCH, "a processor, 2 cores").markdown();

        assertThat(lines.get(0)).isEqualTo("a processor, 2 cores; 15 interleaved rounds, median (least–most)");
        assertThat(lines.get(2))
                .isEqualTo(
                        "| network | picture | parameters, M | multiply-adds, M | feature maps, MB | file, MB |"
                                + " ms, 1 thread | G multiply-adds/s | law, ms | ms, 2 threads | G multiply-adds/s | law, ms |");
        assertThat(lines.get(3).chars().filter(c -> c == '|').count())
                .isEqualTo(lines.get(2).chars().filter(c -> c == '|').count());
        assertThat(lines.get(4))
                .isEqualTo("| fdfacenet | 112x112 | 3.00 | 300.0 | 6.00 | 12.00 |"
                        + " 6.00 (5.40–7.20) | 50.0 | – | 3.00 (2.70–3.60) | 100.0 | – |");
        assertThat(lines)
                .contains("T = B/(αP) + F/(θD) + τ, fp32, 1 thread, 1 networks: not fitted, at least 5 are needed");
    }

    @Test
    void lawIsFittedForEachNumberOfThreadsWithItsError() {
        ModelsReport report = new ModelsReport(sixNetworks(), BENCH, "a processor, 2 cores");

        assertThat(report.markdown())
                .anyMatch(line -> line.startsWith("T = B/(αP) + F/(θD) + τ, fp32, 1 thread, 6 networks: αP = ")
                        && line.contains("error 0 % on average, 0 % at most"))
                .anyMatch(line -> line.startsWith("T = B/(αP) + F/(θD) + τ, fp32, 2 threads, 6 networks: αP = "))
                .noneMatch(line -> line.contains("int8"));
    }

    @Test
    void treeHoldsTheSameFiguresUnrounded() {
        JsonNode tree =
                new ObjectMapper().valueToTree(new ModelsReport(sixNetworks(), BENCH, "a processor, 2 cores").tree());

        JsonNode first = tree.at("/networks/0");
        assertThat(first.get("name").asText()).isEqualTo("net1");
        assertThat(first.get("parameters").asLong()).isEqualTo(1_000_000);
        assertThat(first.get("is_quantised").asBoolean()).isFalse();
        assertThat(first.at("/times/1/threads").asInt()).isEqualTo(2);
        assertThat(first.at("/times/1/median_ms").asDouble()).isEqualTo(1);
        assertThat(first.at("/times/1/law_ms").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(tree.get("laws"))
                .hasSize(2)
                .allSatisfy(law -> assertThat(law.get("mean_error").asDouble()).isCloseTo(0, within(1e-6)));
    }

    @Test
    void medianIsTheMiddleRoundWhateverTheWorstWas() {
        assertThat(Spread.of(new double[] {3, 1, 90})).isEqualTo(new Spread(1, 3, 90));
        assertThat(Spread.of(new double[] {4, 1, 2, 90})).isEqualTo(new Spread(1, 3, 90));
    }

    private static List<ModelFigures> sixNetworks() {
        List<ModelFigures> networks = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            networks.add(figures("net" + i, i));
        }
        return networks;
    }

    /** Of {@code size} hundred million multiply-adds, 50 million a millisecond. */
    private static ModelFigures figures(String name, int size) {
        NetworkCosts costs = new NetworkCosts(size * 1_000_000L, size * 100_000_000L, size * 2_000_000L, false);
        double ms = 2.0 * size;
        List<Spread> times = List.of(new Spread(0.9 * ms, ms, 1.2 * ms), new Spread(0.45 * ms, 0.5 * ms, 0.6 * ms));
        return new ModelFigures(name, "112x112", size * 4_000_000L, costs, times);
    }
}
