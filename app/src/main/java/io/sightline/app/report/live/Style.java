package io.sightline.app.report.live;

/** How a piece of a terminal line looks: Select Graphic Rendition parameters of ECMA-48, in the 16 colours that all themes map. */
enum Style {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    HEAD("1;36"),
    GOOD("32"),
    CAUTION("33"),
    BAD("31");

    private final String parameters;

    Style(String parameters) {
        this.parameters = parameters;
    }

    String applied(String text) {
        return parameters.isEmpty() || text.isEmpty() ? text : "\u001B[" + parameters + "m" + text + "\u001B[0m";
    }
}
