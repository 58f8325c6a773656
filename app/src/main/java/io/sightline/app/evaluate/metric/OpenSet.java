package io.sightline.app.evaluate.metric;

import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Open-set identification (ISO/IEC 19795-1): a gallery with one template per person, mated searches by further pictures of these people, non-mated searches by
 * strangers.
 *
 * <p>A mated search counts as found when its own person is the most similar of all and at or above the threshold: FNIR (N, R = 1, T) is the share of the others. A
 * non-mated search is a false positive when anybody is at or above the threshold: FPIR is their share. Pictures that gave no vector take no part.
 *
 * @param enrolled N, people in the gallery
 * @param rankOne mated searches whose own person is the most similar one
 * @param curve wanted: mated searches, by their own person's similarity where it is the best; unwanted: strangers, by their best
 */
public record OpenSet(int enrolled, Share rankOne, RocCurve curve) {
    /** Who is enrolled and who searches. */
    public record Protocol(List<Row> gallery, List<Row> matedProbes, List<Row> nonMatedProbes) {
        public Protocol {
            gallery = List.copyOf(gallery);
            matedProbes = List.copyOf(matedProbes);
            nonMatedProbes = List.copyOf(nonMatedProbes);
        }

        /** People with two rows or more are enrolled by their first and search with the others; people with one are the strangers. */
        public static Protocol firstEnrols(List<Row> rows) {
            List<Row> gallery = new ArrayList<>();
            List<Row> mated = new ArrayList<>();
            List<Row> strangers = new ArrayList<>();
            rows.stream()
                    .collect(Collectors.groupingBy(Row::person, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(ofPerson -> {
                        boolean isEnrolled = ofPerson.size() > 1;
                        (isEnrolled ? gallery : strangers).add(ofPerson.get(0));
                        mated.addAll(ofPerson.subList(1, ofPerson.size()));
                    });
            return new Protocol(gallery, mated, strangers);
        }
    }

    public static OpenSet of(Protocol protocol, DotProducts products) {
        VectorTable gallery = VectorTable.of(protocol.gallery());
        List<Float> mated = new ArrayList<>();
        long rankOne = 0;
        for (Row probe : protocol.matedProbes()) {
            Search found = Search.of(gallery, probe.vector().values(), probe.person(), products);
            mated.add(found.isOwnBest() ? found.own() : Float.NaN);
            rankOne += found.isOwnBest() ? 1 : 0;
        }
        List<Float> strangers = new ArrayList<>();
        for (Row probe : protocol.nonMatedProbes()) {
            strangers.add(Search.of(gallery, probe.vector().values(), probe.person(), products)
                    .best());
        }
        return new OpenSet(
                gallery.rows(),
                new Share(rankOne, mated.size()),
                RocCurve.of(PairScores.floats(mated), PairScores.floats(strangers)));
    }

    /** False-negative identification rate at a point of the curve. */
    public static Share fnir(RocCurve.Point point) {
        return new Share(
                point.trueAccepts().trials() - point.trueAccepts().count(),
                point.trueAccepts().trials());
    }
}
