package io.sightline.app.report.sheet;

/**
 * How text is set.
 *
 * @param sizePx height of an em, pixels
 */
record TextStyle(Weight weight, double sizePx) {
    static TextStyle regular(double sizePx) {
        return new TextStyle(Weight.REGULAR, sizePx);
    }

    static TextStyle medium(double sizePx) {
        return new TextStyle(Weight.MEDIUM, sizePx);
    }

    static TextStyle bold(double sizePx) {
        return new TextStyle(Weight.BOLD, sizePx);
    }
}
