package io.sightline.tests.boards;

import io.sightline.runtime.metrics.SightlineMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Series of one metric, and the expressions over them that boards need. A label that the metric does not have is an error here, not an empty
 * panel later. Ranges are Grafana's, which depend on the zoom.
 */
record Series(Metric metric, List<String> matchers) {
    private static final Set<String> EVERYWHERE = Set.of("instance", "job");
    private static final String RANGE = "$__rate_interval";

    Series {
        matchers = List.copyOf(matchers);
    }

    /** Of the instances that the board shows. */
    static Series of(SightlineMeter meter) {
        return ofAll(Metric.of(meter)).where("instance", "$instance");
    }

    /** Of the instances that the board shows. */
    static Series of(ForeignMeter meter) {
        return ofAll(meter).where("instance", "$instance");
    }

    /** Of every instance. */
    static Series ofAll(Metric metric) {
        return new Series(metric, List.of());
    }

    /** Those whose label matches the pattern whole. */
    Series where(String label, String pattern) {
        require(label);
        List<String> more = new ArrayList<>(matchers);
        more.add(label + "=~\"" + pattern + "\"");
        return new Series(metric, more);
    }

    /** Those whose label does not match the pattern. */
    Series whereNot(String label, String pattern) {
        require(label);
        List<String> more = new ArrayList<>(matchers);
        more.add(label + "!~\"" + pattern + "\"");
        return new Series(metric, more);
    }

    /** {@code name{camera=~"gate"}}. */
    String now() {
        return selector("");
    }

    String sum(String... by) {
        return over("sum", now(), by);
    }

    String max(String... by) {
        return over("max", now(), by);
    }

    String min(String... by) {
        return over("min", now(), by);
    }

    String mean(String... by) {
        return over("avg", now(), by);
    }

    /** The largest of the means over the last while: of gauges that jump. */
    String maxOfMeans(String range, String... by) {
        return over("max", "avg_over_time(" + now() + "[" + range + "])", by);
    }

    /** A counter's growth a second. */
    String rate(String... by) {
        return rateOver(RANGE, by);
    }

    String rateOver(String range, String... by) {
        return over("sum", "rate(" + now() + "[" + range + "])", by);
    }

    /** A counter's growth over the last while. */
    String increase(String range, String... by) {
        return over("sum", "increase(" + now() + "[" + range + "])", by);
    }

    /** How often a histogram was told something, a second. */
    String countRate(String... by) {
        return part("_count", RANGE, by);
    }

    /** What a histogram was told in sum, a second: of durations, how many are busy at once. */
    String sumRate(String... by) {
        return part("_sum", RANGE, by);
    }

    /** A histogram's mean. */
    String average(String... by) {
        return averageOver(RANGE, by);
    }

    String averageOver(String range, String... by) {
        return part("_sum", range, by) + " / " + part("_count", range, by);
    }

    /** A histogram's quantile. */
    String quantile(double q, String... by) {
        List<String> labels = new ArrayList<>(List.of("le"));
        labels.addAll(List.of(by));
        return "histogram_quantile(" + q + ", " + part("_bucket", RANGE, labels.toArray(String[]::new)) + ")";
    }

    /** A histogram's share at or below a bound, which must be one of its buckets'. */
    String shareWithin(String bound) {
        requireHistogram();
        String name = metric.prometheusName() + "_bucket";
        List<String> within = new ArrayList<>(matchers);
        within.add("le=\"" + bound + "\"");
        return "sum(rate(" + name + "{" + String.join(",", within) + "}[" + RANGE + "])) / " + part("_count", RANGE);
    }

    /** A histogram's buckets, for a heatmap. */
    String buckets() {
        return part("_bucket", RANGE, "le");
    }

    private String part(String suffix, String range, String... by) {
        requireHistogram();
        return over("sum", "rate(" + selector(suffix) + "[" + range + "])", by);
    }

    private String selector(String suffix) {
        String name = metric.prometheusName() + suffix;
        return matchers.isEmpty() ? name : name + "{" + String.join(",", matchers) + "}";
    }

    private String over(String aggregation, String expression, String... by) {
        for (String label : by) {
            require(label);
        }
        String labels = by.length == 0 ? "" : " by (" + String.join(", ", by) + ") ";
        return aggregation + labels + "(" + expression + ")";
    }

    private void require(String label) {
        boolean isKnown = metric.labels().contains(label)
                || EVERYWHERE.contains(label)
                || (label.equals("le") && metric.isHistogram());
        if (!isKnown) {
            throw new IllegalArgumentException(
                    metric.prometheusName() + " has no label '" + label + "', only " + new TreeSet<>(metric.labels()));
        }
    }

    private void requireHistogram() {
        if (!metric.isHistogram()) {
            throw new IllegalArgumentException(metric.prometheusName() + " is no histogram");
        }
    }
}
