package io.sightline.runtime.ops;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a part of a process is.
 *
 * @param isLive false once nothing but a restart helps
 * @param isReady whether it can work now
 * @param detail a sentence; of a part that is not ready, what it waits for and what to do; without secrets
 */
public record Health(boolean isLive, boolean isReady, String detail) {
    public Health {
        if (isReady && !isLive) {
            throw new IllegalArgumentException("ready but not live: " + detail);
        }
    }

    public static Health ready(String detail) {
        return new Health(true, true, detail);
    }

    /** It cannot work now, and will by itself once what it needs is there. */
    public static Health waiting(String detail) {
        return new Health(true, false, detail);
    }

    public static Health dead(String detail) {
        return new Health(false, false, detail);
    }

    /** The whole: as good as its worst part; names the parts that are not ready. */
    public static Health of(Map<String, Health> parts) {
        String wanting = parts.entrySet().stream()
                .filter(part -> !part.getValue().isReady())
                .map(part -> part.getKey() + ": " + part.getValue().detail())
                .sorted()
                .collect(Collectors.joining("; "));
        return new Health(
                parts.values().stream().allMatch(Health::isLive),
                parts.values().stream().allMatch(Health::isReady),
                wanting.isEmpty() ? "all parts are ready" : wanting);
    }
}
