package io.sightline.app.evaluate.metric;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * So many of so many, with what the true rate may be.
 *
 * @param count of the trials that came out so
 * @param trials 0 or more
 */
public record Share(long count, long trials) {
    /** Two-sided 95 %. */
    private static final double Z = 1.959963984540054;

    public Share {
        if (count < 0 || count > trials) {
            throw new IllegalArgumentException(count + " of " + trials + " is no share");
        }
    }

    /** {@link Double#NaN} without trials. */
    public double rate() {
        return trials == 0 ? Double.NaN : (double) count / trials;
    }

    /** Lower end of the 95 % score interval (Wilson, 1927, "Probable inference, the law of succession, and statistical inference"). */
    public double low() {
        return count == 0 && trials > 0 ? 0 : Math.max(0, middle() - spread());
    }

    /** Upper end of the same interval. */
    public double high() {
        return count == trials && trials > 0 ? 1 : Math.min(1, middle() + spread());
    }

    private double middle() {
        return (rate() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double spread() {
        double rate = rate();
        return Z * Math.sqrt(rate * (1 - rate) / trials + Z * Z / (4.0 * trials * trials)) / (1 + Z * Z / trials);
    }

    /** As {@code 98.13 % (97.5–98.6, 3 000)}. */
    public String percent() {
        return trials == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%.2f %% (%.2f–%.2f; %d of %d)",
                        100 * rate(),
                        100 * low(),
                        100 * high(),
                        count,
                        trials);
    }

    /** As {@code 3.9e-05 (3.2e-05–4.7e-05; 12 of 300000)}: for rates that percents do not show. */
    public String scientific() {
        return trials == 0
                ? "none"
                : String.format(Locale.ROOT, "%.1e (%.1e–%.1e; %d of %d)", rate(), low(), high(), count, trials);
    }

    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", count);
        tree.put("trials", trials);
        if (trials > 0) {
            tree.put("rate", rate());
            tree.put("low_95", low());
            tree.put("high_95", high());
        }
        return tree;
    }
}
