package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What Grafana puts into an expression before it asks Prometheus, and how an answer is read. */
final class Expressions {
    private Expressions() {}

    /** With all values of each variable, and rates over {@code rateSeconds}. */
    static String filledIn(String expression, int rateSeconds) {
        return expression
                .replace("$__rate_interval", rateSeconds + "s")
                .replace("$camera", ".*")
                .replace("$stage", ".*")
                .replace("$instance", ".*");
    }

    /** Whether an answer over time has any number. */
    static boolean hasNumbers(JsonNode series) {
        for (JsonNode one : series) {
            for (JsonNode point : one.path("values")) {
                if (!point.path(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A label's values among the series whose number now is {@code number}. */
    static List<String> labelsAt(JsonNode series, String label, double number) {
        List<String> labels = new ArrayList<>();
        for (JsonNode one : series) {
            if (Double.parseDouble(one.path("value").path(1).asText()) == number) {
                labels.add(one.path("metric").path(label).asText());
            }
        }
        return labels;
    }
}
