package io.sightline.app.evaluate;

import static io.sightline.app.evaluate.Wording.say;

import io.sightline.app.evaluate.FacePass.FaceVector;
import io.sightline.app.evaluate.data.GroupSet;
import io.sightline.app.evaluate.data.GroupSet.LabelledCrop;
import io.sightline.app.evaluate.metric.ComparisonTally;
import io.sightline.app.evaluate.metric.GroupTally;
import io.sightline.app.evaluate.metric.GroupTally.Group;
import io.sightline.app.evaluate.metric.GroupTally.Labels;
import io.sightline.app.evaluate.metric.Share;
import io.sightline.app.evaluate.metric.VectorTable;
import io.sightline.app.evaluate.metric.VectorTable.Row;
import io.sightline.app.evaluate.plot.Plots;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.search.DotProducts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** False-match rates within groups of people, on crops that are aligned already. */
final class GroupsPart {
    /** A rate at which even small groups have matches to count. */
    private static final double COMMON_RATE = 1e-3;

    private GroupsPart() {}

    static List<Optional<FaceVector>> embed(GroupSet groups, FacePass pass, Workers workers) {
        return workers.map(
                "labelled crops",
                groups.crops().size(),
                i -> pass.read(groups.crops().get(i).photo())
                        .flatMap(crop -> pass.embed(crop, FaceAligner.template(), FaceAligner.SIDE_PX)));
    }

    static PartResult measure(
            GroupSet groups, List<Optional<FaceVector>> vectors, EmbedderSpec spec, DotProducts products) {
        List<Row> rows = new ArrayList<>();
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            LabelledCrop crop = groups.crops().get(i);
            int person = i;
            vectors.get(i).ifPresent(face -> {
                rows.add(new Row(person, face.vector()));
                labels.add(crop.labels());
            });
        }
        VectorTable table = VectorTable.of(rows);
        double common = thresholdAt(table, COMMON_RATE, products);
        List<Group> found = GroupTally.of(table, labels, List.of(spec.threshold(), common), products);
        List<String> lines = new ArrayList<>();
        lines.add(say(
                "%s: %d crops; all pairs within a group, taken as different people; 95 %% intervals as if pairs were independent",
                groups.source(), table.rows()));
        lines.add(say(
                "  %-18s %8s  %-46s %s",
                "", "pictures", say("FMR at the card's %.2f", spec.threshold()), say("FMR at %.3f", common)));
        found.forEach(group -> lines.add(line(group)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("crops", table.rows());
        tree.put("card_threshold", spec.threshold());
        tree.put("common_threshold", common);
        tree.put("groups", found.stream().map(GroupsPart::tree).toList());
        return new PartResult(Part.GROUPS, lines, tree, List.of(Plots.groups(found, common)));
    }

    private static double thresholdAt(VectorTable table, double rate, DotProducts products) {
        ComparisonTally all = new ComparisonTally();
        for (int tile = 0; tile < ComparisonTally.tiles(table); tile++) {
            all.add(ComparisonTally.within(table, tile, products));
        }
        return all.nonMated().thresholdAt(rate);
    }

    private static String line(Group group) {
        List<Share> shares = group.falseMatches();
        return say(
                "  %-18s %8d  %-46s %s",
                (group.attribute() + " " + group.value()).strip(),
                group.pictures(),
                shares.get(0).scientific(),
                shares.get(1).scientific());
    }

    private static Map<String, Object> tree(Group group) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("attribute", group.attribute());
        tree.put("value", group.value());
        tree.put("pictures", group.pictures());
        tree.put("at_card_threshold", group.falseMatches().get(0).tree());
        tree.put("at_common_threshold", group.falseMatches().get(1).tree());
        return tree;
    }
}
