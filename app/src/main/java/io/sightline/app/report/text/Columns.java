package io.sightline.app.report.text;

/**
 * Text in terminal columns: East Asian wide characters and emoji take two, combining marks none (Unicode Standard Annex 11,
 * in the ranges that terminals agree on). Texts must be clean, see {@link PlainText#clean}.
 */
public final class Columns {
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x231A, 0x231B},
        {0x23E9, 0x23EC},
        {0x25FD, 0x25FE},
        {0x2614, 0x2615},
        {0x2648, 0x2653},
        {0x26AA, 0x26AB},
        {0x26BD, 0x26BE},
        {0x2705, 0x2705},
        {0x270A, 0x270B},
        {0x2728, 0x2728},
        {0x2753, 0x2755},
        {0x2795, 0x2797},
        {0x2B1B, 0x2B1C},
        {0x2B50, 0x2B50},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private Columns() {}

    /** Columns that the text takes. */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** The text in exactly {@code columns}: padded at its right, or cut with an ellipsis; never half a wide character. */
    public static String left(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** As {@link #left}, padded at its left. */
    public static String right(String text, int columns) {
        String cut = cut(text, columns);
        return " ".repeat(columns - width(cut)) + cut;
    }

    /** The text, or as much of it as goes into {@code columns}, then with an ellipsis. */
    public static String cut(String text, int columns) {
        if (columns < 0) {
            throw new IllegalArgumentException("text in " + columns + " columns");
        }
        if (width(text) <= columns) {
            return text;
        }
        if (columns == 0) {
            return "";
        }
        return text.substring(0, endWithin(text, columns - 1)) + "…";
    }

    /** Index after the last character of {@code text} that still fits. */
    private static int endWithin(String text, int columns) {
        int used = 0;
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            used += width(point);
            if (used > columns) {
                break;
            }
            index += Character.charCount(point);
        }
        return index;
    }

    private static int width(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
