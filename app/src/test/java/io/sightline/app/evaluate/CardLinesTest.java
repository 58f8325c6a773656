package io.sightline.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class CardLinesTest {
    @Test
    void linesAreThoseOfACardAndFoldBackToTheText() {
        String origin = "false-match rate 1e-04 for the mean of five pictures; "
                .repeat(8)
                .strip();

        List<String> lines = CardLines.of(new CardLines.Choice(0.437, 0.1), origin);

        assertThat(lines).allMatch(line -> line.length() <= 120);
        assertThat(new Yaml().<Object>load("embedder:\n" + String.join("\n", lines)))
                .isEqualTo(Map.of("embedder", Map.of("threshold", 0.44, "margin", 0.1, "threshold-origin", origin)));
    }
}
