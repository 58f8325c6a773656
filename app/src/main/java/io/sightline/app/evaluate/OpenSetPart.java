package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import io.sightline.app.evaluate.metric.OpenSet;
import io.sightline.app.evaluate.metric.OpenSet.Protocol;
import io.sightline.app.evaluate.metric.RocCurve;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.app.evaluate.plot.Plots;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Open-set identification of the people with two pictures or more among all others. */
final class OpenSetPart {
    private static final int CURVE_POINTS = 200;

    private OpenSetPart() {}

    /**
     * @param rows one per picture that gave a vector, people together
     * @param without pictures that gave none
     */
    static PartResult measure(List<Row> rows, int without, EmbedderSpec spec, DotProducts products) {
        Protocol protocol = Protocol.firstEnrols(rows);
        List<String> lines = new ArrayList<>();
        Map<String, Object> tree = new LinkedHashMap<>();
        introduce(protocol, lines, tree);
        tree.put("pictures_without_vector", without);
        if (protocol.gallery().isEmpty() || protocol.nonMatedProbes().isEmpty()) {
            lines.add("  not measured: it takes people with two pictures and people with one");
            return new PartResult(Part.OPENSET, lines, tree, List.of());
        }
        OpenSet openSet = OpenSet.of(protocol, products);
        lines.add("  rank one, without a threshold: " + openSet.rankOne().percent());
        tree.put("rank_one", openSet.rankOne().tree());
        for (double rate : new double[] {0.01, 0.003}) {
            RocCurve.Point point = openSet.curve().atFalseAcceptRate(rate);
            lines.add(line(say("FPIR %.1f %%", 100 * rate), point));
            tree.put("at_fpir_" + rate, tree(point));
        }
        RocCurve.Point byCard = openSet.curve().at((float) spec.threshold());
        lines.add(line(say("card's threshold %.2f", spec.threshold()), byCard));
        tree.put("at_card_threshold", tree(byCard));
        tree.put(
                "curve",
                Wording.tree(openSet.curve().points(CURVE_POINTS), "fpir", "true_positive_identification_rate"));
        return new PartResult(Part.OPENSET, lines, tree, List.of(Plots.openSet(openSet)));
    }

    private static void introduce(Protocol protocol, List<String> lines, Map<String, Object> tree) {
        lines.add(say(
                "gallery: %d people, one picture each (their first); mated searches: their %d other pictures; non-mated"
                        + " searches: %d people with a single picture",
                protocol.gallery().size(),
                protocol.matedProbes().size(),
                protocol.nonMatedProbes().size()));
        tree.put("enrolled", protocol.gallery().size());
        tree.put("mated_searches", protocol.matedProbes().size());
        tree.put("non_mated_searches", protocol.nonMatedProbes().size());
    }

    private static String line(String where, RocCurve.Point point) {
        return say(
                "  %-24s FNIR %s, FPIR %s, threshold %.3f",
                where, OpenSet.fnir(point).percent(), point.falseAccepts().percent(), point.threshold());
    }

    private static Map<String, Object> tree(RocCurve.Point point) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("threshold", point.threshold());
        tree.put("fnir", OpenSet.fnir(point).tree());
        tree.put("fpir", point.falseAccepts().tree());
        return tree;
    }
}
