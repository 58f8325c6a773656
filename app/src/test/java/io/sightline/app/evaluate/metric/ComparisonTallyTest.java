package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.match.search.DotProducts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTallyTest {
    /** Over two tiles and a bit, with an odd dimension. */
    private static final List<Row> ROWS = Vectors.crowd(150, 4, 19);

    private static final DotProducts PRODUCTS = DotProducts.fastest();

    @Test
    void tilesTogetherCountEveryPairOnceAsTheSlowWayDoes() {
        VectorTable table = VectorTable.of(ROWS);
        ComparisonTally all = new ComparisonTally();
        for (int tile = 0; tile < ComparisonTally.tiles(table); tile++) {
            all.add(ComparisonTally.within(table, tile, PRODUCTS));
        }

        SimilarityHistogram mated = new SimilarityHistogram();
        SimilarityHistogram nonMated = new SimilarityHistogram();
        for (int one = 0; one < ROWS.size(); one++) {
            for (int other = 0; other < one; other++) {
                boolean isMated = ROWS.get(one).person() == ROWS.get(other).person();
                (isMated ? mated : nonMated)
                        .add(ROWS.get(one).vector().similarity(ROWS.get(other).vector()));
            }
        }
        assertThat(all.mated().total()).isEqualTo(150 * 6);
        assertThat(all.nonMated().total()).isEqualTo(600 * 599 / 2 - 150 * 6);
        assertSame(all.mated(), mated);
        assertSame(all.nonMated(), nonMated);
    }

    @Test
    void probesAreComparedWithEveryRowOfOthersOnly() {
        VectorTable table = VectorTable.of(ROWS);
        List<Row> some = ROWS.subList(0, 9);
        ComparisonTally all = new ComparisonTally();
        for (int tile = 0; tile < ComparisonTally.tiles(table); tile++) {
            all.add(ComparisonTally.nonMated(VectorTable.of(some), table, tile, PRODUCTS));
        }

        SimilarityHistogram nonMated = new SimilarityHistogram();
        some.forEach(probe -> ROWS.stream()
                .filter(row -> row.person() != probe.person())
                .forEach(row -> nonMated.add(row.vector().similarity(probe.vector()))));
        assertThat(all.nonMated().total()).isEqualTo(9 * 596);
        assertThat(all.mated().total()).isZero();
        assertSame(all.nonMated(), nonMated);
    }

    /** Sums in another order may move a similarity into the next bin, not further. */
    private static void assertSame(SimilarityHistogram actual, SimilarityHistogram expected) {
        assertThat(actual.total()).isEqualTo(expected.total());
        for (double threshold = -0.9; threshold < 1; threshold += 0.1) {
            assertThat(actual.atLeast(threshold).count())
                    .isBetween(
                            expected.atLeast(threshold + 2e-5).count(),
                            expected.atLeast(threshold - 2e-5).count());
        }
    }

    @Test
    void trackMeanIsComparedWithThePictureBeforeIt() {
        VectorTable table = VectorTable.of(
                List.of(Vectors.at(0, 0), Vectors.at(0, 10), Vectors.at(0, 20), Vectors.at(1, 90), Vectors.at(1, 100)));

        TrackMeans track = TrackMeans.of(table, 2);

        assertThat(track.means().rows())
                .as("the second person has no more than two pictures")
                .isEqualTo(3);
        assertThat(track.own().atLeast(Math.cos(Math.toRadians(15.01)))).isEqualTo(new Share(3, 3));
        assertThat(track.own().atLeast(Math.cos(Math.toRadians(14.9)))).isEqualTo(new Share(1, 3));
        assertThat(track.means().embedding(0).similarity(Vectors.at(0, 15).vector()))
                .isGreaterThan(0.99999f);
        assertThat(track.means().embedding(1).similarity(Vectors.at(0, 10).vector()))
                .isGreaterThan(0.99999f);
        assertThat(track.means().embedding(2).similarity(Vectors.at(0, 5).vector()))
                .isGreaterThan(0.99999f);
    }
}
