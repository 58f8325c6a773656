package io.sightline.app.report.live;

import java.util.Map;

/** How a run is shown. */
public enum LiveMode {
    /** A table redrawn in place, with colours. */
    COLOUR,
    /** The same without colours. */
    MONOCHROME,
    /** Lines, one after the other. */
    PLAIN;

    /** What standard output can show: a table only on a terminal, and not where {@code TERM} is dumb or {@code CI} is set. */
    public static LiveMode detect(Map<String, String> environment) {
        if (!Terminal.isInteractive(environment)) {
            return PLAIN;
        }
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOUR : MONOCHROME;
    }
}
