package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One panel, put together by its board; {@link PanelJson} writes it. */
final class Panel {
    /** What it looks like, by Grafana's names. */
    enum Kind {
        LINES("timeseries"),
        NUMBER("stat"),
        TABLE("table"),
        HEAT("heatmap"),
        STATES("state-timeline");

        private final String grafana;

        Kind(String grafana) {
            this.grafana = grafana;
        }

        String grafana() {
            return grafana;
        }
    }

    /** One expression; in a table it is a column and the legend its heading. */
    record Query(String expression, String legend, Unit unit, Optional<Limits> limits, Optional<Words> words) {}

    /** A place to go on: a board, or a page of {@code docs/runbooks}. */
    record Link(String title, String url) {}

    private final Kind kind;
    private final String title;
    private final String description;
    private final Unit unit;
    private final List<Query> queries = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private Optional<Limits> limits = Optional.empty();
    private Optional<Words> words = Optional.empty();
    private Optional<Link> keyLink = Optional.empty();
    private Optional<String> noData = Optional.empty();
    private boolean isStacked;
    private int width = 8;

    private Panel(Kind kind, String title, String description, Unit unit) {
        this.kind = kind;
        this.title = title;
        this.description = description;
        this.unit = unit;
    }

    static Panel lines(String title, String description, Unit unit) {
        return new Panel(Kind.LINES, title, description, unit);
    }

    static Panel number(String title, String description, Unit unit) {
        return new Panel(Kind.NUMBER, title, description, unit).wide(4);
    }

    static Panel heat(String title, String description, Unit unit) {
        return new Panel(Kind.HEAT, title, description, unit);
    }

    static Panel states(String title, String description, Words words) {
        Panel panel = new Panel(Kind.STATES, title, description, Unit.NONE);
        panel.words = Optional.of(words);
        return panel;
    }

    /** A line per value of the labels {@code keys}; {@link #column} adds what is said of each. */
    static Panel table(String title, String description, String... keys) {
        Panel panel = new Panel(Kind.TABLE, title, description, Unit.NONE);
        panel.keys.addAll(List.of(keys));
        return panel;
    }

    Panel query(String expression, String legend) {
        queries.add(new Query(expression, legend, unit, Optional.empty(), Optional.empty()));
        return this;
    }

    Panel column(String heading, Unit columnUnit, String expression) {
        queries.add(new Query(expression, heading, columnUnit, Optional.empty(), Optional.empty()));
        return this;
    }

    Panel column(String heading, Unit columnUnit, Limits columnLimits, String expression) {
        queries.add(new Query(expression, heading, columnUnit, Optional.of(columnLimits), Optional.empty()));
        return this;
    }

    Panel column(String heading, Words columnWords, String expression) {
        queries.add(new Query(expression, heading, Unit.NONE, Optional.empty(), Optional.of(columnWords)));
        return this;
    }

    Panel limits(Limits newLimits) {
        limits = Optional.of(newLimits);
        return this;
    }

    /** What stands there instead of data, where it is right that there are none. */
    Panel ifNone(String sentence) {
        noData = Optional.of(sentence);
        return this;
    }

    /** Areas on top of each other. */
    Panel stacked() {
        isStacked = true;
        return this;
    }

    /** Of 24 columns. */
    Panel wide(int columns) {
        width = columns;
        return this;
    }

    /** A link to the alert's page. */
    Panel runbook(String... alerts) {
        for (String alert : alerts) {
            links.add(new Link("Runbook: " + alert, "${runbooks}/" + RuleFiles.fileName(alert) + ".md"));
        }
        return this;
    }

    /** A link to the board that tells more. */
    Panel detail(String board) {
        links.add(new Link(
                "Board: " + board,
                "/d/sightline-" + board + "/?${datasource:queryparam}&${instance:queryparam}&${__url_time_range}"));
        return this;
    }

    /** A table's first column, or a line, leads to the board with that one chosen. */
    Panel choosing(String variable, String board) {
        String value = kind == Kind.TABLE ? "${__value.raw}" : "${__field.labels." + variable + "}";
        keyLink = Optional.of(new Link(
                "Board: " + board,
                "/d/sightline-" + board + "/?var-" + variable + "=" + value
                        + "&${datasource:queryparam}&${__url_time_range}"));
        return this;
    }

    Kind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    Unit unit() {
        return unit;
    }

    List<Query> queries() {
        return List.copyOf(queries);
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    Optional<Limits> limits() {
        return limits;
    }

    Optional<Words> words() {
        return words;
    }

    Optional<Link> keyLink() {
        return keyLink;
    }

    Optional<String> noData() {
        return noData;
    }

    boolean isStacked() {
        return isStacked;
    }

    int width() {
        return width;
    }

    ObjectNode json(int id, ObjectNode gridPos) {
        return PanelJson.of(this, id, gridPos);
    }
}
