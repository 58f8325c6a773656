package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.evaluate.metric.OpenSet.Protocol;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.match.search.DotProducts;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSetTest {
    private static final DotProducts PRODUCTS = DotProducts.fastest();

    /** Two enrolled at 0° and 90°; probes 10° and 40° off their own, one 50° off and so nearer to the other; strangers at 45° and 200°. */
    private static final List<Row> ROWS = List.of(
            Vectors.at(0, 0),
            Vectors.at(0, 10),
            Vectors.at(0, -40),
            Vectors.at(1, 90),
            Vectors.at(1, 40),
            Vectors.at(2, 45),
            Vectors.at(3, 200));

    @Test
    void firstPictureEnrolsOthersProbeAndSinglesAreStrangers() {
        Protocol protocol = Protocol.firstEnrols(ROWS);

        assertThat(protocol.gallery()).containsExactly(ROWS.get(0), ROWS.get(3));
        assertThat(protocol.matedProbes()).containsExactly(ROWS.get(1), ROWS.get(2), ROWS.get(4));
        assertThat(protocol.nonMatedProbes()).containsExactly(ROWS.get(5), ROWS.get(6));
    }

    @Test
    void missesAndFalsePositivesAreThoseCountedByHand() {
        OpenSet openSet = OpenSet.of(Protocol.firstEnrols(ROWS), PRODUCTS);

        assertThat(openSet.enrolled()).isEqualTo(2);
        assertThat(openSet.rankOne()).isEqualTo(new Share(2, 3));
        RocCurve.Point strict = openSet.curve().atFalseAcceptRate(0);
        assertThat((double) strict.threshold()).isCloseTo(Math.cos(Math.toRadians(45)), within(1e-6));
        assertThat(strict.falseAccepts()).isEqualTo(new Share(0, 2));
        assertThat(OpenSet.fnir(strict))
                .as("the probe nearer to another is missed at any threshold")
                .isEqualTo(new Share(1, 3));
        assertThat(OpenSet.fnir(openSet.curve().at(0.9f))).isEqualTo(new Share(2, 3));
        assertThat(OpenSet.fnir(openSet.curve().at(-1))).isEqualTo(new Share(1, 3));
    }

    @Test
    void marginKeepsANameFromThoseBetweenTwoPeople() {
        List<MarginTrial> trials = MarginTrial.run(Protocol.firstEnrols(ROWS), 2, 0.6, PRODUCTS);

        MarginTrial none = trials.get(0);
        assertThat(none.right()).isEqualTo(new Share(2, 3));
        assertThat(none.wrong()).isEqualTo(new Share(1, 3));
        assertThat(none.strangers()).isEqualTo(new Share(1, 2));
        MarginTrial wide = trials.get(3);
        assertThat(wide.margin()).isEqualTo(0.15);
        assertThat(wide.right()).isEqualTo(new Share(2, 3));
        assertThat(wide.wrong()).as("0.766 and 0.643 are 0.12 apart").isEqualTo(new Share(0, 3));
        assertThat(wide.strangers()).isEqualTo(new Share(0, 2));
        assertThat(MarginTrial.best(trials)).isEqualTo(0.15);
    }

    @Test
    void galleriesAreDealtInOrderAndSearchedByTheirOwnPeopleOnly() {
        List<MarginTrial> trials = MarginTrial.run(Protocol.firstEnrols(ROWS), 1, 0.6, PRODUCTS);

        assertThat(trials.get(0).right())
                .as("nobody else is there to be taken for")
                .isEqualTo(new Share(3, 3));
        assertThat(trials.get(0).wrong()).isEqualTo(new Share(0, 3));
        assertThat(trials.get(0).strangers())
                .as("each stranger searches both galleries")
                .isEqualTo(new Share(2, 4));
    }

    @Test
    void vectorsOfTwoModelsDoNotMix() {
        assertThatThrownBy(() -> VectorTable.of(List.of(Vectors.row(0, 1, 0), Vectors.row(1, 1, 0, 0))))
                .hasMessageContaining("3 dimensions among those of 2");
    }
}
