package io.sightline.app.evaluate;

import io.sightline.app.evaluate.metric.RocCurve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How figures are written in lines and trees. */
final class Wording {
    private Wording() {}

    static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Without a value where there is none: JSON knows no NaN. */
    static void put(Map<String, Object> tree, String key, double value) {
        if (Double.isFinite(value)) {
            tree.put(key, value);
        }
    }

    /** Points of a curve, with the names of its two rates. */
    static List<Map<String, Object>> tree(List<RocCurve.Point> points, String unwanted, String wanted) {
        return points.stream()
                .map(point -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("threshold", point.threshold());
                    put(tree, unwanted, point.falseAccepts().rate());
                    put(tree, wanted, point.trueAccepts().rate());
                    return tree;
                })
                .toList();
    }
}
