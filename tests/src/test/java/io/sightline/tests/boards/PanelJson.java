package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.tests.boards.Panel.Kind;
import io.sightline.tests.boards.Panel.Link;
import io.sightline.tests.boards.Panel.Query;
import java.util.List;

/** A panel in Grafana's form. */
final class PanelJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PanelJson() {}

    static ObjectNode of(Panel panel, int id, ObjectNode gridPos) {
        ObjectNode json = NODES.objectNode();
        json.put("id", id).put("type", panel.kind().grafana()).put("title", panel.title());
        json.put("description", panel.description());
        json.set("datasource", datasource());
        json.set("gridPos", gridPos);
        json.set("targets", targets(panel));
        json.set("fieldConfig", fieldConfig(panel));
        json.set("options", options(panel));
        if (panel.kind() == Kind.TABLE) {
            json.set("transformations", transformations(panel));
        }
        ArrayNode links = json.putArray("links");
        panel.links().forEach(link -> links.add(dashboardLink(link)));
        return json;
    }

    static ObjectNode datasource() {
        return NODES.objectNode().put("type", "prometheus").put("uid", "${datasource}");
    }

    private static ArrayNode targets(Panel panel) {
        ArrayNode targets = NODES.arrayNode();
        boolean isInstant = panel.kind() == Kind.TABLE || panel.kind() == Kind.NUMBER;
        for (Query query : panel.queries()) {
            ObjectNode target = targets.addObject().put("refId", refId(targets.size() - 1));
            target.set("datasource", datasource());
            target.put("expr", query.expression());
            target.put("legendFormat", panel.kind() == Kind.TABLE ? "__auto" : query.legend());
            target.put("instant", isInstant).put("range", !isInstant);
            target.put(
                    "format",
                    switch (panel.kind()) {
                        case TABLE -> "table";
                        case HEAT -> "heatmap";
                        case LINES, NUMBER, STATES -> "time_series";
                    });
        }
        return targets;
    }

    /** A, B, C … */
    private static String refId(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static ObjectNode fieldConfig(Panel panel) {
        ObjectNode config = NODES.objectNode();
        ObjectNode defaults = config.putObject("defaults");
        defaults.put("unit", panel.unit().grafana());
        if (panel.kind() == Kind.LINES && panel.unit() != Unit.NONE && panel.unit() != Unit.SECONDS) {
            defaults.put("min", 0);
        }
        defaults.putObject("color").put("mode", panel.kind() == Kind.LINES ? "palette-classic-by-name" : "thresholds");
        defaults.set("thresholds", panel.limits().map(Limits::json).orElseGet(Limits::none));
        panel.words().ifPresent(words -> defaults.set("mappings", words.json()));
        panel.noData().ifPresent(sentence -> defaults.put("noValue", sentence));
        defaults.set("custom", custom(panel));
        ArrayNode overrides = config.putArray("overrides");
        if (panel.kind() == Kind.TABLE) {
            panel.keyLink()
                    .ifPresent(link -> overrides.add(property(panel.keys().get(0), "links", links(link))));
            panel.queries().forEach(query -> overrides.add(column(query)));
        } else {
            panel.keyLink().ifPresent(link -> defaults.set("links", links(link)));
        }
        return config;
    }

    private static ObjectNode custom(Panel panel) {
        ObjectNode custom = NODES.objectNode();
        return switch (panel.kind()) {
            case LINES -> lines(custom, panel);
            case TABLE -> {
                custom.putObject("cellOptions").put("type", "auto");
                yield custom.put("align", "auto").put("inspect", false);
            }
            case STATES -> custom.put("lineWidth", 0).put("fillOpacity", 80);
            case NUMBER, HEAT -> custom;
        };
    }

    private static ObjectNode lines(ObjectNode custom, Panel panel) {
        custom.put("drawStyle", "line").put("lineInterpolation", "linear").put("lineWidth", 1);
        custom.put("fillOpacity", panel.isStacked() ? 40 : 8)
                .put("showPoints", "never")
                .put("spanNulls", false);
        custom.putObject("stacking")
                .put("mode", panel.isStacked() ? "normal" : "none")
                .put("group", "A");
        custom.putObject("thresholdsStyle").put("mode", panel.limits().isPresent() ? "dashed" : "off");
        return custom;
    }

    private static ObjectNode column(Query query) {
        ObjectNode override =
                property(query.legend(), "unit", NODES.textNode(query.unit().grafana()));
        ArrayNode properties = (ArrayNode) override.path("properties");
        if (query.unit() != Unit.NONE) {
            properties.addObject().put("id", "decimals").put("value", decimals(query.unit()));
        }
        query.limits()
                .ifPresent(
                        limits -> properties.addObject().put("id", "thresholds").set("value", limits.json()));
        query.words()
                .ifPresent(words -> properties.addObject().put("id", "mappings").set("value", words.json()));
        if (query.limits().isPresent() || query.words().isPresent()) {
            properties
                    .addObject()
                    .put("id", "custom.cellOptions")
                    .set(
                            "value",
                            NODES.objectNode().put("type", "color-background").put("mode", "basic"));
        }
        return override;
    }

    private static int decimals(Unit unit) {
        return unit == Unit.COUNT ? 0 : 1;
    }

    private static ObjectNode property(String field, String id, JsonNode value) {
        ObjectNode override = NODES.objectNode();
        override.putObject("matcher").put("id", "byName").put("options", field);
        override.putArray("properties").addObject().put("id", id).set("value", value);
        return override;
    }

    private static ArrayNode links(Link link) {
        ArrayNode links = NODES.arrayNode();
        links.addObject().put("title", link.title()).put("url", link.url());
        return links;
    }

    private static ObjectNode options(Panel panel) {
        ObjectNode options = NODES.objectNode();
        return switch (panel.kind()) {
            case LINES -> {
                legend(options.putObject("legend"))
                        .putArray("calcs")
                        .add("lastNotNull")
                        .add("max");
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
                yield options;
            }
            case NUMBER -> number(options, panel);
            case TABLE -> table(options, panel);
            case HEAT -> heat(options, panel);
            case STATES -> {
                legend(options.putObject("legend")).putArray("calcs");
                options.putObject("tooltip").put("mode", "single").put("sort", "none");
                yield options.put("mergeValues", true)
                        .put("rowHeight", 0.8)
                        .put("showValue", "auto")
                        .put("alignValue", "left");
            }
        };
    }

    private static ObjectNode legend(ObjectNode legend) {
        return legend.put("displayMode", "list").put("placement", "bottom").put("showLegend", true);
    }

    private static ObjectNode number(ObjectNode options, Panel panel) {
        boolean isNamed = panel.queries().size() > 1
                || panel.queries().stream().anyMatch(query -> query.legend().contains("{{"));
        options.putObject("reduceOptions")
                .put("values", false)
                .put("fields", "")
                .putArray("calcs")
                .add("lastNotNull");
        return options.put("colorMode", panel.limits().isPresent() ? "background" : "none")
                .put("graphMode", "none")
                .put("justifyMode", "auto")
                .put("orientation", "auto")
                .put("percentChangeColorMode", "standard")
                .put("showPercentChange", false)
                .put("textMode", isNamed ? "value_and_name" : "value")
                .put("wideLayout", true);
    }

    private static ObjectNode table(ObjectNode options, Panel panel) {
        options.put("frameIndex", 0).put("showHeader", true).put("cellHeight", "sm");
        if (!panel.queries().isEmpty() && panel.queries().get(0).words().isPresent()) {
            options.putArray("sortBy")
                    .addObject()
                    .put("displayName", panel.queries().get(0).legend())
                    .put("desc", true);
        }
        return options;
    }

    private static ObjectNode heat(ObjectNode options, Panel panel) {
        options.put("calculate", false).put("cellGap", 1).put("showValue", "never");
        options.putObject("color")
                .put("mode", "scheme")
                .put("scheme", "Oranges")
                .put("fill", "dark-orange")
                .put("exponent", 0.5)
                .put("scale", "exponential")
                .put("reverse", false)
                .put("steps", 64);
        options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
        options.putObject("legend").put("show", true);
        options.putObject("rowsFrame").put("layout", "auto");
        options.putObject("tooltip").put("mode", "single").put("yHistogram", false);
        options.putObject("yAxis")
                .put("axisPlacement", "left")
                .put("unit", panel.unit().grafana());
        return options;
    }

    private static ArrayNode transformations(Panel panel) {
        ArrayNode steps = NODES.arrayNode();
        steps.addObject().put("id", "merge").putObject("options");
        ObjectNode organize = steps.addObject().put("id", "organize").putObject("options");
        ObjectNode excluded = organize.putObject("excludeByName").put("Time", true);
        ObjectNode names = organize.putObject("renameByName");
        ObjectNode order = organize.putObject("indexByName");
        List<Query> queries = panel.queries();
        panel.keys().forEach(key -> order.put(key, order.size()));
        for (int i = 0; i < queries.size(); i++) {
            String field = queries.size() == 1 ? "Value" : "Value #" + refId(i);
            order.put(field, order.size());
            if (queries.get(i).legend().isEmpty()) {
                excluded.put(field, true);
            } else {
                names.put(field, queries.get(i).legend());
            }
        }
        return steps;
    }

    private static ObjectNode dashboardLink(Link link) {
        ObjectNode json = NODES.objectNode();
        json.put("title", link.title()).put("url", link.url()).put("type", "link");
        json.put("icon", "external link").put("tooltip", "").put("targetBlank", false);
        json.put("asDropdown", false)
                .put("includeVars", false)
                .put("keepTime", false)
                .putArray("tags");
        return json;
    }
}
