package io.sightline.embed.platform;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of symbols that a library asks for, such as {@code GLIBC_2.27}. */
record SymbolVersion(String family, String number) {
    private static final Pattern FORM = Pattern.compile("([A-Z]+)_(\\d+(?:\\.\\d+)*)");

    /** Empty for names without a number, such as {@code GLIBC_PRIVATE}. */
    static Optional<SymbolVersion> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new SymbolVersion(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** Whether a system that offers {@code limit}, of the same family, does not have it. */
    boolean isNewerThan(String limit) {
        return Arrays.compare(parts(number), parts(limit)) > 0;
    }

    @Override
    public String toString() {
        return family + "_" + number;
    }

    private static int[] parts(String number) {
        return Arrays.stream(number.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
