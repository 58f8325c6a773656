package io.sightline.app.report.sheet;

/**
 * How text is set.
 *
 * @param sizePx height of an em, pixels
 */
public record TextStyle(Weight weight, double sizePx) {
    public static TextStyle regular(double sizePx) {
        return new TextStyle(Weight.REGULAR, sizePx);
    }

    public static TextStyle medium(double sizePx) {
        return new TextStyle(Weight.MEDIUM, sizePx);
    }

    public static TextStyle bold(double sizePx) {
        return new TextStyle(Weight.BOLD, sizePx);
    }
}
