package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.List;

/**
 * A board.
 *
 * @param number orders the files
 * @param name of the file, and with {@code sightline-} before it the address in Grafana
 * @param sinceMinutes how far back it looks when it is opened
 */
record Board(
        int number,
        String name,
        String title,
        String description,
        int sinceMinutes,
        List<Variable> variables,
        List<Row> rows) {
    private static final int COLUMNS = 24;
    private static final int SCHEMA_VERSION = 41;

    Board {
        variables = List.copyOf(variables);
        rows = List.copyOf(rows);
    }

    /** Panels side by side under a heading, all equally high; those that find no place begin a new line. */
    record Row(String title, int height, List<Panel> panels) {
        Row {
            panels = List.copyOf(panels);
        }

        static Row of(String title, int height, Panel... panels) {
            return new Row(title, height, List.of(panels));
        }
    }

    /** Something to choose by, with all values of a label of the meter. */
    enum Variable {
        CAMERA("camera", SightlineMeter.FRAMES_CAPTURED),
        STAGE("stage", SightlineMeter.STAGE_RECORDS),
        INSTANCE("instance", SightlineMeter.BUILD_INFO);

        private final String label;
        private final SightlineMeter meter;

        Variable(String label, SightlineMeter meter) {
            this.label = label;
            this.meter = meter;
        }

        String label() {
            return label;
        }

        SightlineMeter meter() {
            return meter;
        }
    }

    String fileName() {
        return number + "-" + name + ".json";
    }

    List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uid", "sightline-" + name).put("title", "Sightline: " + title).put("description", description);
        json.putArray("tags").add("sightline");
        json.put("editable", true).put("graphTooltip", 1).put("schemaVersion", SCHEMA_VERSION);
        json.put("refresh", "10s").put("timezone", "browser");
        json.putObject("time").put("from", "now-" + sinceMinutes + "m").put("to", "now");
        json.putArray("links").add(otherBoards());
        json.putObject("templating").set("list", variablesJson());
        json.set("panels", panelsJson());
        return json;
    }

    private ArrayNode variablesJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        list.addObject()
                .put("name", "datasource")
                .put("label", "Prometheus")
                .put("type", "datasource")
                .put("query", "prometheus");
        for (Variable variable : variables) {
            ObjectNode json = list.addObject();
            json.put("name", variable.label()).put("label", variable.label()).put("type", "query");
            json.set("datasource", PanelJson.datasource());
            json.put("query", "label_values(" + variable.meter().prometheusName() + ", " + variable.label() + ")");
            json.put("refresh", 2)
                    .put("sort", 1)
                    .put("multi", true)
                    .put("includeAll", true)
                    .put("allValue", ".*");
            json.putObject("current").put("text", "All").put("value", "$__all");
        }
        ObjectNode runbooks = list.addObject().put("name", "runbooks").put("label", "Runbooks at");
        runbooks.put("type", "constant").put("query", "/public/runbooks").put("hide", 2);
        return list;
    }

    private ArrayNode panelsJson() {
        ArrayNode panels = JsonNodeFactory.instance.arrayNode();
        int y = 0;
        int id = 1;
        for (Row row : rows) {
            ObjectNode heading =
                    panels.addObject().put("id", id++).put("type", "row").put("title", row.title());
            heading.put("collapsed", false).set("gridPos", position(0, y++, COLUMNS, 1));
            heading.putArray("panels");
            int x = 0;
            for (Panel panel : row.panels()) {
                if (x + panel.width() > COLUMNS) {
                    x = 0;
                    y += row.height();
                }
                panels.add(panel.json(id++, position(x, y, panel.width(), row.height())));
                x += panel.width();
            }
            y += row.height();
        }
        return panels;
    }

    private static ObjectNode position(int x, int y, int width, int height) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("h", height)
                .put("w", width)
                .put("x", x)
                .put("y", y);
    }

    private static ObjectNode otherBoards() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("title", "Boards")
                .put("type", "dashboards")
                .put("icon", "external link")
                .put("tooltip", "");
        json.put("asDropdown", true)
                .put("includeVars", true)
                .put("keepTime", true)
                .put("targetBlank", false);
        json.putArray("tags").add("sightline");
        return json;
    }
}
