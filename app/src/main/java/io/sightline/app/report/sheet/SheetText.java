package io.sightline.app.report.sheet;

import io.sightline.app.report.FaceNow;
import io.sightline.app.report.Percentiles;
import io.sightline.app.report.text.PlainText;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Decision;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The words and numbers of the sheet. Pure. */
final class SheetText {
    private static final int SECONDS_PER_MINUTE = 60;

    private SheetText() {}

    /** {@code Guest 0.81}, {@code unknown 0.12}, {@code turned away}. */
    static String face(Decision decision) {
        FaceNow face = FaceNow.of(decision);
        String poor = decision.fold(known -> "", unknown -> "", ambiguous -> "", low -> lowQuality(low.cause()));
        if (!poor.isEmpty()) {
            return poor;
        }
        String label = PlainText.clean(face.label());
        return face.similarity().isPresent()
                ? label + String.format(Locale.ROOT, " %.2f", face.similarity().getAsDouble())
                : label;
    }

    private static String lowQuality(String cause) {
        return switch (cause) {
            case "size" -> "low quality: small";
            case "blur" -> "low quality: blurred";
            case "pose" -> "low quality: turned";
            case "evidence" -> "low quality: brief";
            default -> "low quality";
        };
    }

    static String outcome(Outcome outcome) {
        return outcome.wireName().replace('_', ' ');
    }

    /** {@code 0:07.4}. */
    static String second(double second) {
        long tenths = Math.round(second * 10);
        long whole = tenths / 10;
        return String.format(
                Locale.ROOT, "%d:%02d.%d", whole / SECONDS_PER_MINUTE, whole % SECONDS_PER_MINUTE, tenths % 10);
    }

    static String elapsed(Duration elapsed) {
        long seconds = Math.round(elapsed.toMillis() / 1e3);
        return seconds < 2 * SECONDS_PER_MINUTE
                ? seconds + " s"
                : String.format(Locale.ROOT, "%d:%02d min", seconds / SECONDS_PER_MINUTE, seconds % SECONDS_PER_MINUTE);
    }

    /** {@code 1 350}, with thin spaces. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u2009');
    }

    static String count(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    static String millis(Optional<Percentiles> latency, ToDoubleFunction<Percentiles> which) {
        return latency.map(percentiles -> {
                    double ms = which.applyAsDouble(percentiles);
                    return String.format(Locale.ROOT, ms < 10 ? "%.1f" : "%.0f", ms);
                })
                .orElse("–");
    }

    static String percent(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return String.format(Locale.ROOT, percent > 0 && percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }
}
