package io.sightline.app.bench.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A bench as Markdown, and as a tree for JSON. The law is fitted apart for networks of floats and of integers, and for each
 * number of threads.
 */
public final class ModelsReport {
    private final List<ModelFigures> figures;
    private final List<Integer> threads;
    private final int rounds;
    private final String machine;

    public ModelsReport(List<ModelFigures> figures, ModelsBench bench, String machine) {
        this.figures = List.copyOf(figures);
        this.threads = bench.threads();
        this.rounds = bench.rounds();
        this.machine = machine;
    }

    /** Lines of a table, then one for each fit. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(machine + "; " + rounds + " interleaved rounds, median (least–most)");
        lines.add("");
        lines.add(header());
        lines.add("| --- | --- |" + " ---: |".repeat(4 + 3 * threads.size()));
        figures.forEach(network -> lines.add(row(network)));
        lines.add("");
        fits().forEach(fit -> lines.add(fit.sentence()));
        return lines;
    }

    /** Maps, lists, text and numbers. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("machine", machine);
        tree.put("rounds", rounds);
        tree.put("networks", figures.stream().map(this::tree).toList());
        tree.put("laws", fits().stream().map(Fit::tree).toList());
        return tree;
    }

    private String header() {
        StringBuilder header = new StringBuilder(
                "| network | picture | parameters, M | multiply-adds, M | feature maps, MB | file, MB |");
        for (int count : threads) {
            String suffix = count == 1 ? "1 thread" : count + " threads";
            header.append(" ms, ").append(suffix).append(" | G multiply-adds/s | law, ms |");
        }
        return header.toString();
    }

    private String row(ModelFigures network) {
        StringBuilder row = new StringBuilder(text(
                "| %s | %s | %.2f | %.1f | %.2f | %.2f |",
                network.name(),
                network.picture(),
                network.costs().parameters() / 1e6,
                network.costs().multiplyAdds() / 1e6,
                network.costs().featureMapBytes() / 1e6,
                network.fileBytes() / 1e6));
        for (int i = 0; i < threads.size(); i++) {
            Spread time = network.times().get(i);
            row.append(text(
                    " %.2f (%.2f–%.2f) | %.1f | %s |",
                    time.medianMs(),
                    time.minMs(),
                    time.maxMs(),
                    network.multiplyAddsPerSecond(i) / 1e9,
                    lawMs(network, i).map(ms -> text("%.2f", ms)).orElse("–")));
        }
        return row.toString();
    }

    private Map<String, Object> tree(ModelFigures network) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", network.name());
        tree.put("picture", network.picture());
        tree.put("parameters", network.costs().parameters());
        tree.put("multiply_adds", network.costs().multiplyAdds());
        tree.put("feature_map_bytes", network.costs().featureMapBytes());
        tree.put("file_bytes", network.fileBytes());
        tree.put("is_quantised", network.costs().isQuantised());
        List<Map<String, Object>> times = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            Map<String, Object> time = new LinkedHashMap<>();
            time.put("threads", threads.get(i));
            time.put("median_ms", network.times().get(i).medianMs());
            time.put("min_ms", network.times().get(i).minMs());
            time.put("max_ms", network.times().get(i).maxMs());
            time.put("multiply_adds_per_s", network.multiplyAddsPerSecond(i));
            lawMs(network, i).ifPresent(ms -> time.put("law_ms", ms));
            times.add(time);
        }
        tree.put("times", times);
        return tree;
    }

    private Optional<Double> lawMs(ModelFigures network, int threadsIndex) {
        return InferenceLaw.fit(points(network.costs().isQuantised(), threadsIndex))
                .map(law ->
                        law.ms(network.costs().multiplyAdds(), network.costs().featureMapBytes()));
    }

    private List<Fit> fits() {
        List<Fit> fits = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            for (boolean isQuantised : new boolean[] {false, true}) {
                List<InferenceLaw.Point> points = points(isQuantised, i);
                if (!points.isEmpty()) {
                    fits.add(new Fit(isQuantised, threads.get(i), points));
                }
            }
        }
        return fits;
    }

    private List<InferenceLaw.Point> points(boolean isQuantised, int threadsIndex) {
        return figures.stream()
                .filter(network -> network.costs().isQuantised() == isQuantised)
                .map(network -> network.point(threadsIndex))
                .toList();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The law over the networks of one kind. */
    private record Fit(boolean isQuantised, int threads, List<InferenceLaw.Point> points) {
        String sentence() {
            String which = text(
                    "T = B/(αP) + F/(θD) + τ, %s, %d thread%s, %d networks: ",
                    isQuantised ? "int8" : "fp32", threads, threads == 1 ? "" : "s", points.size());
            return InferenceLaw.fit(points)
                    .map(law -> which + sentence(law))
                    .orElse(which + "not fitted, at least " + InferenceLaw.MIN_POINTS + " are needed");
        }

        private String sentence(InferenceLaw law) {
            double without = InferenceLaw.fitWithoutFeatureMaps(points)
                    .map(InferenceLaw::meanError)
                    .orElseThrow();
            return text(
                    "αP = %s G multiply-adds/s, θD = %s GB/s, τ = %.2f ms; error %.0f %% on average, %.0f %% at most (%.0f %% without F)",
                    rate(law.multiplyAddsPerMs() / 1e6),
                    rate(law.bytesPerMs() / 1e6),
                    law.constantMs(),
                    100 * law.meanError(),
                    100 * law.maxError(),
                    100 * without);
        }

        private static String rate(double perSecond) {
            return Double.isInfinite(perSecond) ? "∞" : text("%.2f", perSecond);
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("is_quantised", isQuantised);
            tree.put("threads", threads);
            tree.put("networks", points.size());
            InferenceLaw.fit(points).ifPresent(law -> {
                tree.put("ms_per_g_multiply_adds", 1e9 / law.multiplyAddsPerMs());
                tree.put("ms_per_gb", 1e9 / law.bytesPerMs());
                tree.put("constant_ms", law.constantMs());
                tree.put("mean_error", law.meanError());
                tree.put("max_error", law.maxError());
            });
            return tree;
        }
    }
}
