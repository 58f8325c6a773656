package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import io.sightline.app.evaluate.metric.ComparisonTally;
import io.sightline.app.evaluate.metric.MarginTrial;
import io.sightline.app.evaluate.metric.OpenSet.Protocol;
import io.sightline.app.evaluate.metric.SimilarityHistogram;
import io.sightline.app.evaluate.metric.TrackMeans;
import io.sightline.app.evaluate.metric.VectorTable;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.app.evaluate.plot.Plots;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Threshold and margin for match-stream, from every comparison that the pictures allow. */
final class ThresholdPart {
    /** The false-match rate that the threshold keeps, for what a track gathers. */
    static final double CARD_RATE = 1e-4;

    private static final double[] RATES = {1e-4, 1e-5, 1e-6};
    private static final int GALLERY = 100;
    private static final int TRACK_PICTURES = 5;
    /** A tally has 3 MB of counts, so a few are joined at a time. */
    private static final int TILES_AT_ONCE = 8;

    private final List<Row> rows;
    private final Workers workers;
    private final DotProducts products;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> tree = new LinkedHashMap<>();

    private ThresholdPart(List<Row> rows, Workers workers, DotProducts products) {
        this.rows = rows;
        this.workers = workers;
        this.products = products;
    }

    /**
     * @param rows one per picture that passed the product's gates, people together
     * @param leftOut pictures that did not
     */
    static PartResult measure(List<Row> rows, int leftOut, Workers workers, DotProducts products) {
        return new ThresholdPart(rows, workers, products).measure(leftOut);
    }

    private PartResult measure(int leftOut) {
        lines.add(say("%d pictures that pass the product's gates (%d do not)", rows.size(), leftOut));
        tree.put("pictures", rows.size());
        tree.put("pictures_left_out", leftOut);
        VectorTable table = VectorTable.of(rows);
        ComparisonTally single = tally(
                "comparisons", ComparisonTally.tiles(table), tile -> ComparisonTally.within(table, tile, products));
        TrackMeans track = TrackMeans.of(table, TRACK_PICTURES);
        int tiles = track.means().rows() == 0 ? 0 : ComparisonTally.tiles(table);
        ComparisonTally means = tally(
                "comparisons of means", tiles, tile -> ComparisonTally.nonMated(track.means(), table, tile, products));
        report("single pictures", "single", single.nonMated(), single.mated());
        report("means of " + TRACK_PICTURES, "means", means.nonMated(), track.own());
        Basis basis = supports(means.nonMated())
                ? new Basis("the mean of five pictures", means.nonMated(), track.own())
                : new Basis("single pictures", single.nonMated(), single.mated());
        if (supports(basis.nonMated())) {
            card(basis, single);
        } else {
            lines.add(say(
                    "  no threshold for a card: a rate of %.0e takes 1/rate non-mated comparisons or more", CARD_RATE));
        }
        return new PartResult(
                Part.THRESHOLD, lines, tree, List.of(Plots.distributions(single.mated(), single.nonMated())));
    }

    private ComparisonTally tally(String what, int tiles, IntFunction<ComparisonTally> tile) {
        ComparisonTally all = new ComparisonTally();
        for (int from = 0; from < tiles; from += TILES_AT_ONCE) {
            int first = from;
            workers.map(what, Math.min(TILES_AT_ONCE, tiles - from), i -> tile.apply(first + i))
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean supports(SimilarityHistogram nonMated) {
        return nonMated.total() * CARD_RATE >= 1;
    }

    private void report(String name, String key, SimilarityHistogram nonMated, SimilarityHistogram mated) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("non_mated", nonMated.total());
        figures.put("mated", mated.total());
        lines.add(say("  %s: %d non-mated comparisons, %d mated", name, nonMated.total(), mated.total()));
        for (double rate : RATES) {
            if (nonMated.total() * rate >= 1) {
                double threshold = nonMated.thresholdAt(rate);
                lines.add(say(
                        "    FMR %.0e at %.4f (%d above), misses %s of own",
                        rate,
                        threshold,
                        nonMated.atLeast(threshold).count(),
                        mated.below(threshold).percent()));
                Map<String, Object> point = new LinkedHashMap<>();
                point.put("threshold", threshold);
                point.put("fmr", nonMated.atLeast(threshold).tree());
                point.put("fnmr", mated.below(threshold).tree());
                figures.put(say("fmr_%.0e", rate).replace("e-0", "e-"), point);
            } else {
                lines.add(say("    FMR %.0e: too few comparisons", rate));
            }
        }
        tree.put(key, figures);
    }

    /** What the threshold is read from. */
    private record Basis(String what, SimilarityHistogram nonMated, SimilarityHistogram mated) {}

    private void card(Basis basis, ComparisonTally single) {
        double threshold = Math.ceil(basis.nonMated().thresholdAt(CARD_RATE) * 100 - 1e-9) / 100;
        List<MarginTrial> trials = MarginTrial.run(Protocol.firstEnrols(rows), GALLERY, threshold, products);
        double margin = MarginTrial.best(trials);
        lines.add(say("  at threshold %.2f, galleries of %d people, by margin:", threshold, GALLERY));
        for (MarginTrial trial : trials) {
            lines.add(say(
                    "    %.2f: own named rightly %s, wrongly %d, strangers named %s",
                    trial.margin(),
                    trial.right().percent(),
                    trial.wrong().count(),
                    trial.strangers().percent()));
        }
        lines.add("  for the card:");
        CardLines.of(new CardLines.Choice(threshold, margin), origin(basis, single, threshold, trials))
                .forEach(lines::add);
        tree.put("threshold", threshold);
        tree.put("margin", margin);
        tree.put("margins", trials.stream().map(ThresholdPart::tree).toList());
    }

    private static String origin(Basis basis, ComparisonTally single, double threshold, List<MarginTrial> trials) {
        StringBuilder text = new StringBuilder(say(
                "false-match rate %.0e for %s (%.1f million comparisons of different people, pictures that pass the quality gates);"
                        + " there it misses %.1f %% of own pairs. Single pictures at %.2f: %.1e and %.1f %%.",
                CARD_RATE,
                basis.what(),
                basis.nonMated().total() / 1e6,
                100 * basis.mated().below(threshold).rate(),
                threshold,
                single.nonMated().atLeast(threshold).rate(),
                100 * single.mated().below(threshold).rate()));
        for (double rate : RATES) {
            if (single.nonMated().total() * rate >= 1) {
                double at = single.nonMated().thresholdAt(rate);
                text.append(say(
                        " Single pictures reach %.0e at %.3f (misses %.1f %%).",
                        rate, at, 100 * single.mated().below(at).rate()));
            }
        }
        text.append(say(" Wrong names of own in galleries of %d, by margin:", GALLERY));
        for (MarginTrial trial : trials) {
            text.append(say(" %d at %.2f,", trial.wrong().count(), trial.margin()));
        }
        text.setCharAt(text.length() - 1, ' ');
        return text.append(say("(%d searches).", trials.get(0).wrong().trials()))
                .toString();
    }

    private static Map<String, Object> tree(MarginTrial trial) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("margin", trial.margin());
        tree.put("own_named_rightly", trial.right().tree());
        tree.put("own_named_wrongly", trial.wrong().tree());
        tree.put("strangers_named", trial.strangers().tree());
        return tree;
    }
}
