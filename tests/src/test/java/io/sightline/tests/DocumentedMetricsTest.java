package io.sightline.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.runtime.metrics.MeterKind;
import io.sightline.runtime.metrics.SightlineMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/metrics.md} is the catalogue. {@code mvn -pl tests -am -Dtest=DocumentedMetricsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.write=true test} writes it anew.
 */
class DocumentedMetricsTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String BEGIN = "<!-- catalogue -->\n";
    private static final String END = "<!-- end of catalogue -->\n";

    @Test
    void tableListsEveryMeterOfTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("metrics.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
        }

        assertThat(Files.readString(PAGE)).contains(BEGIN + table() + END);
    }

    private static String table() {
        return "| in Prometheus | is | unit | tags | meaning |\n| --- | --- | --- | --- | --- |\n"
                + Arrays.stream(SightlineMeter.values())
                        .map(meter -> String.format(
                                "| `%s` | %s | %s | %s | %s |\n",
                                meter.prometheusName(),
                                isHistogram(meter)
                                        ? "histogram"
                                        : meter.kind().name().toLowerCase(Locale.ROOT),
                                meter.unit().text(),
                                String.join(", ", meter.tagKeys()),
                                meter.sentence()))
                        .collect(Collectors.joining());
    }

    private static boolean isHistogram(SightlineMeter meter) {
        return meter.kind() == MeterKind.TIMER || meter.kind() == MeterKind.SUMMARY;
    }
}
