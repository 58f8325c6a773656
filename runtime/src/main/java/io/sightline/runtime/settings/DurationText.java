package io.sightline.runtime.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 10s}, {@code 1.5 min} and their like, to tell what the writer should have written. */
final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*([a-z]+)");
    private static final Map<String, Long> UNIT_MILLIS = Map.ofEntries(
            Map.entry("ms", 1L),
            Map.entry("s", 1_000L),
            Map.entry("sec", 1_000L),
            Map.entry("m", 60_000L),
            Map.entry("min", 60_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("d", 86_400_000L));

    private DurationText() {}

    static Optional<Long> millis(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !UNIT_MILLIS.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        BigDecimal unit = BigDecimal.valueOf(UNIT_MILLIS.getOrDefault(matcher.group(2), 1L));
        return Optional.of(new BigDecimal(matcher.group(1))
                .multiply(unit)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }
}
