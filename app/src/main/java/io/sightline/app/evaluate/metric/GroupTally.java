package io.sightline.app.evaluate.metric;

import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * False matches within groups of people: of all pairs of pictures that share a label, how many are as similar as the threshold or more. All pairs are taken as
 * non-mated, since nobody is known twice.
 *
 * <p>The interval of each share takes pairs as independent. They are not: a picture takes part in as many pairs as the group has others, so the truth may lie
 * further out, the more so the fewer pictures a group has.
 */
public final class GroupTally {
    private GroupTally() {}

    /**
     * A picture's labels.
     *
     * @param labels from attribute to value, such as sex to F
     */
    public record Labels(Map<String, String> labels) {
        public Labels {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * One group.
     *
     * @param attribute {@code all} for every pair, whatever its labels
     * @param pictures in it
     * @param falseMatches of the pairs within it, one share per threshold asked for
     */
    public record Group(String attribute, String value, int pictures, List<Share> falseMatches) {
        public Group {
            falseMatches = List.copyOf(falseMatches);
        }
    }

    /** {@link Group}s in the order of attribute and value, that of all pairs first; one vector per entry of {@code labels}. */
    public static List<Group> of(
            VectorTable table, List<Labels> labels, List<Double> thresholds, DotProducts products) {
        if (labels.size() != table.rows()) {
            throw new IllegalArgumentException(table.rows() + " vectors have " + labels.size() + " labels");
        }
        Map<String, Counts> counts = new TreeMap<>();
        Counts all = new Counts("all", "", thresholds);
        float[] similarities = new float[table.rows()];
        for (int probe = 0; probe < table.rows(); probe++) {
            Map<String, String> own = labels.get(probe).labels();
            products.compute(table.values(), 0, probe, table.vector(probe), similarities);
            for (int row = 0; row < probe; row++) {
                float similarity = similarities[row];
                all.addPair(similarity);
                shared(own, labels.get(row).labels())
                        .forEach(label -> counts(counts, label, thresholds).addPair(similarity));
            }
            own.entrySet().forEach(label -> counts(counts, label, thresholds).pictures++);
            all.pictures++;
        }
        List<Group> groups = new ArrayList<>(List.of(all.group()));
        counts.values().stream()
                .map(Counts::group)
                .sorted(Comparator.comparing(Group::attribute).thenComparing(Group::value))
                .forEach(groups::add);
        return groups;
    }

    private static Stream<Map.Entry<String, String>> shared(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream().filter(label -> label.getValue().equals(other.get(label.getKey())));
    }

    private static Counts counts(Map<String, Counts> counts, Map.Entry<String, String> label, List<Double> thresholds) {
        return counts.computeIfAbsent(
                label.getKey() + "=" + label.getValue(),
                key -> new Counts(label.getKey(), label.getValue(), thresholds));
    }

    private static final class Counts {
        private final String attribute;
        private final String value;
        private final List<Double> thresholds;
        private final long[] matches;
        private int pictures;
        private long pairs;

        Counts(String attribute, String value, List<Double> thresholds) {
            this.attribute = attribute;
            this.value = value;
            this.thresholds = thresholds;
            this.matches = new long[thresholds.size()];
        }

        void addPair(float similarity) {
            pairs++;
            for (int i = 0; i < matches.length; i++) {
                matches[i] += similarity >= thresholds.get(i) ? 1 : 0;
            }
        }

        Group group() {
            List<Share> shares = new ArrayList<>();
            for (long count : matches) {
                shares.add(new Share(count, pairs));
            }
            return new Group(attribute, value, pictures, shares);
        }
    }
}
