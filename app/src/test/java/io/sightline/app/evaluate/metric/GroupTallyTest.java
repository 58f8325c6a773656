package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.evaluate.metric.GroupTally.Group;
import io.sightline.app.evaluate.metric.GroupTally.Labels;
import io.sightline.match.search.DotProducts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupTallyTest {
    private static final VectorTable TABLE = VectorTable.of(
            List.of(Vectors.at(0, 0), Vectors.at(1, 20), Vectors.at(2, 50), Vectors.at(3, 90), Vectors.at(4, 95)));

    @Test
    void pairsWithinAGroupAreCountedByHand() {
        List<Labels> labels = List.of(
                labels("F", "20-39"), labels("F", "60+"), labels("F", "20-39"), labels("M", "60+"), labels("M", "60+"));

        List<Group> groups =
                GroupTally.of(TABLE, labels, List.of(Math.cos(Math.toRadians(31)), 0.99), DotProducts.fastest());

        assertThat(groups)
                .containsExactly(
                        new Group("all", "", 5, List.of(new Share(3, 10), new Share(1, 10))),
                        new Group("age", "20-39", 2, List.of(new Share(0, 1), new Share(0, 1))),
                        new Group("age", "60+", 3, List.of(new Share(1, 3), new Share(1, 3))),
                        new Group("sex", "F", 3, List.of(new Share(2, 3), new Share(0, 3))),
                        new Group("sex", "M", 2, List.of(new Share(1, 1), new Share(1, 1))));
    }

    private static Labels labels(String sex, String age) {
        return new Labels(Map.of("sex", sex, "age", age));
    }

    @Test
    void everyVectorNeedsItsLabels() {
        assertThatThrownBy(() -> GroupTally.of(TABLE, List.of(), List.of(0.5), DotProducts.fastest()))
                .hasMessage("5 vectors have 0 labels");
    }
}
