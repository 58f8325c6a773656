package io.sightline.app.report.live;

import io.sightline.app.report.Percentiles;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Numbers as people read them, the same in every locale. */
final class Figures {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;

    private Figures() {}

    static String fps(double fps) {
        return String.format(Locale.ROOT, "%.1f", fps);
    }

    static String similarity(double similarity) {
        return String.format(Locale.ROOT, "%.2f", similarity);
    }

    /** Whole milliseconds, or a dash where nothing was measured. */
    static String millis(Optional<Percentiles> latency, ToDoubleFunction<Percentiles> which) {
        return latency.map(percentiles -> String.format(Locale.ROOT, "%.0f", which.applyAsDouble(percentiles)))
                .orElse("–");
    }

    static String clock(Duration time) {
        return clock(time.toMillis() / MILLIS_PER_SECOND);
    }

    /** {@code 01:05}, from an hour on {@code 1:01:05}. */
    static String clock(double seconds) {
        long whole = Math.max(0, (long) seconds);
        long minutes = whole / SECONDS_PER_MINUTE;
        long hours = minutes / MINUTES_PER_HOUR;
        return hours == 0
                ? String.format(Locale.ROOT, "%02d:%02d", minutes, whole % SECONDS_PER_MINUTE)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", hours, minutes % MINUTES_PER_HOUR, whole % SECONDS_PER_MINUTE);
    }
}
