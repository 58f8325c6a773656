package io.sightline.app.plan;

import static io.sightline.app.plan.PlanFixtures.costs;
import static io.sightline.app.plan.PlanFixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.plan.MeasuredCosts.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredCostsTest {
    /** Twice as wide and high: four times the pixels; detect costs 10 + 6 ms. */
    private static final Row WIDE = wide(2000, 1000, 16, 400_000);

    @TempDir
    private Path folder;

    @Test
    void costsOfTheProgramAreWholeAndSayWhereTheyAreFrom() {
        MeasuredCosts packed = MeasuredCosts.packed();

        assertThat(packed.rows()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(packed.machine()).isNotBlank();
        assertThat(packed.date()).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(packed.command()).startsWith("bench pipeline");
        for (int i = 1; i < packed.rows().size(); i++) {
            assertThat(packed.rows().get(i).bytes().get("frames"))
                    .as("wider pictures have more bytes")
                    .isGreaterThan(packed.rows().get(i - 1).bytes().get("frames"));
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        MeasuredCosts costs = costs(row(), WIDE);
        Path file = folder.resolve("costs.json");

        costs.write(file);

        assertThat(MeasuredCosts.read(file)).isEqualTo(costs);
    }

    @Test
    void widthBetweenTwoMeasuredOnesLiesOnTheLineOfTheirPixels() {
        Row between = costs(WIDE, row()).at(1500);

        // 1 125 000 pixels of 500 000 to 2 000 000: five twelfths
        assertThat(between.heightPx()).isEqualTo(750);
        assertThat(between.cpuMillis().get("detect")).isCloseTo(10 + 6 * 5 / 12.0, within(1e-9));
        assertThat(between.bytes().get("frames")).isCloseTo(100_000 + 300_000 * 5 / 12.0, within(1e-6));
    }

    @Test
    void measuredWidthIsTakenAsItWasMeasured() {
        assertThat(costs(row(), WIDE).at(2000)).isEqualTo(WIDE);
    }

    /** Else a measurement's noise would be taken for an effect of the width, and drawn out beyond the measured ones. */
    @Test
    void whatDoesNotSeeThePictureIsTheMeanOverTheWidths() {
        Map<String, Double> cpu = new TreeMap<>(WIDE.cpuMillis());
        cpu.put("embed", 1.0);
        Row noisy = new Row(2000, 1000, 2, 10, 1, cpu, WIDE.bytes());

        for (int width : new int[] {1000, 1500, 2000, 4000}) {
            assertThat(costs(row(), noisy).at(width).cpuMillis().get("embed"))
                    .as("2 ms and 1 ms")
                    .isCloseTo(1.5, within(1e-9));
        }
    }

    @Test
    void widthBeyondTheMeasuredOnesGoesOnAlongTheLineAndNeverBelowNothing() {
        MeasuredCosts costs = costs(row(), WIDE);

        assertThat(costs.at(3000).cpuMillis().get("detect")).isGreaterThan(16);
        assertThat(costs(row(), wide(2000, 1000, 100, 1_000_000))
                        .at(160)
                        .cpuMillis()
                        .get("detect"))
                .isZero();
    }

    @Test
    void oneMeasuredWidthServesNoOther() {
        assertThat(costs(row()).at(1000)).isEqualTo(row());
        assertThatThrownBy(() -> costs(row()).at(640))
                .hasMessageContaining("measured at 1000 px alone: plan with --width 1000");
    }

    @Test
    void fileThatHoldsNoCostsIsRefusedWithItsName() throws IOException {
        Path file = folder.resolve("costs.json");

        assertThatThrownBy(() -> MeasuredCosts.read(file)).hasMessageContaining("costs.json cannot be read");
        for (String wrong : new String[] {
            "",
            "[]",
            "{",
            "{\"machine\": \"a\"}",
            "{\"rows\": []}",
            "{\"cameras\": 3}",
            "{\"machine\":\"a\",\"date\":\"b\",\"command\":\"c\",\"detector\":\"d\",\"embedder\":\"e\",\"rows\":[]}",
            "{\"machine\":\"a\",\"date\":\"b\",\"command\":\"c\",\"detector\":\"d\",\"embedder\":\"e\",\"rows\":[{\"widthPx\":1,"
                    + "\"heightPx\":1,\"cameras\":1,\"framesPerSecond\":1,\"facesPerFrame\":1,\"cpuMillis\":{},\"bytes\":{}}]}"
        }) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> MeasuredCosts.read(file))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("costs.json does not hold measured costs");
        }
    }

    private static Row wide(int widthPx, int heightPx, double detectMillis, double frameBytes) {
        Map<String, Double> cpu = new TreeMap<>(PlanFixtures.row().cpuMillis());
        cpu.put("detect", detectMillis);
        Map<String, Double> bytes = new TreeMap<>(PlanFixtures.row().bytes());
        bytes.put("frames", frameBytes);
        return new Row(widthPx, heightPx, 2, 10, 1, cpu, bytes);
    }
}
