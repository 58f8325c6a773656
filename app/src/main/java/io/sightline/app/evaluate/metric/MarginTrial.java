package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.OpenSet.Protocol;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a margin does: people dealt into galleries of a given size in their order, each gallery searched by the further pictures of its own people and by all
 * strangers. A name is given at or above the threshold and, if another person is nearer than the margin, not.
 *
 * @param margin the least distance to the best other person
 * @param right searches by own people who were named rightly
 * @param wrong searches by own people who were named after somebody else
 * @param strangers searches by strangers who were given a name
 */
public record MarginTrial(double margin, Share right, Share wrong, Share strangers) {

    public static List<MarginTrial> run(Protocol protocol, int gallerySize, double threshold, DotProducts products) {
        List<Search> own = new ArrayList<>();
        List<Search> strangers = new ArrayList<>();
        for (int from = 0; from < protocol.gallery().size(); from += gallerySize) {
            VectorTable gallery = VectorTable.of(
                    protocol.gallery().subList(from, Math.min(protocol.gallery().size(), from + gallerySize)));
            for (Row probe : protocol.matedProbes()) {
                Search found = Search.of(gallery, probe.vector().values(), probe.person(), products);
                if (!Float.isNaN(found.own())) {
                    own.add(found);
                }
            }
            for (Row probe : protocol.nonMatedProbes()) {
                strangers.add(Search.of(gallery, probe.vector().values(), probe.person(), products));
            }
        }
        List<MarginTrial> trials = new ArrayList<>();
        for (int hundredths = 0; hundredths <= 20; hundredths += 5) {
            trials.add(at(hundredths / 100.0, threshold, own, strangers));
        }
        return trials;
    }

    private static MarginTrial at(double margin, double threshold, List<Search> own, List<Search> strangers) {
        List<Search> named =
                own.stream().filter(search -> search.isNamed(threshold, margin)).toList();
        long right = named.stream().filter(Search::isOwnBest).count();
        long falsely = strangers.stream()
                .filter(search -> search.isNamed(threshold, margin))
                .count();
        return new MarginTrial(
                margin,
                new Share(right, own.size()),
                new Share(named.size() - right, own.size()),
                new Share(falsely, strangers.size()));
    }

    /** The smallest margin of those that name fewest wrongly. */
    public static double best(List<MarginTrial> trials) {
        return trials.stream()
                .min(Comparator.<MarginTrial>comparingLong(
                                trial -> trial.wrong().count())
                        .thenComparingDouble(MarginTrial::margin))
                .orElseThrow(() -> new IllegalArgumentException("no margin was tried"))
                .margin();
    }
}
