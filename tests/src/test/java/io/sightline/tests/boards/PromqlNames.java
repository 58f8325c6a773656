package io.sightline.tests.boards;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that an expression of Prometheus' query language asks for. Not a parser: it takes away all that cannot be a metric's name. */
final class PromqlNames {
    private static final Pattern COMMENT = Pattern.compile("#[^\n]*");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`");
    private static final Pattern NAMELESS = Pattern.compile("(?<![\\w:])\\s*\\{");
    private static final Pattern MATCHERS_AND_RANGES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+-?\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[A-Za-z_:][\\w:]*(?!\\s*\\()(?![\\w:])");
    private static final Set<String> WORDS = Set.of(
            "and", "or", "unless", "bool", "by", "without", "on", "ignoring", "group_left", "group_right", "inf");

    private PromqlNames() {}

    /** Sorted; throws {@link IllegalArgumentException} for a selector without a name, which could select anything. */
    static Set<String> in(String expression) {
        String bare = STRING.matcher(expression).replaceAll("''");
        bare = COMMENT.matcher(bare).replaceAll("");
        if (NAMELESS.matcher(bare).find()) {
            throw new IllegalArgumentException("a selector without a metric's name in: " + expression);
        }
        bare = MATCHERS_AND_RANGES.matcher(bare).replaceAll(" ");
        bare = LABEL_LIST.matcher(bare).replaceAll(" ");
        bare = OFFSET.matcher(bare).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            if (!WORDS.contains(name.group().toLowerCase(Locale.ROOT)) && !isAggregation(bare, name.end())) {
                names.add(name.group());
            }
        }
        return names;
    }

    /** {@code sum by (…) (…)}, whose label list has been taken away. */
    private static boolean isAggregation(String text, int end) {
        return text.substring(end).stripLeading().startsWith("(");
    }
}
