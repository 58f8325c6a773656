package io.sightline.tests.boards;

import io.sightline.runtime.metrics.SightlineMeter;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every name that an expression may hold. */
final class KnownMetrics {
    private KnownMetrics() {}

    /** Those of the catalogue, as Prometheus stores them, and of {@link ForeignMeter}. */
    static Set<String> names() {
        return Stream.concat(
                        Arrays.stream(SightlineMeter.values()).map(Metric::of), Arrays.stream(ForeignMeter.values()))
                .flatMap(KnownMetrics::stored)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the expression's names that nobody has; {@code recorded} are the rules' own. */
    static Set<String> unknownIn(String expression, Set<String> recorded) {
        Set<String> unknown = new TreeSet<>(PromqlNames.in(expression));
        unknown.removeAll(names());
        unknown.removeAll(recorded);
        return unknown;
    }

    private static Stream<String> stored(Metric metric) {
        String name = metric.prometheusName();
        return metric.isHistogram() ? Stream.of(name + "_bucket", name + "_sum", name + "_count") : Stream.of(name);
    }
}
