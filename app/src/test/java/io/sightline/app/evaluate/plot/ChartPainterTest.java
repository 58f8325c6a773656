package io.sightline.app.evaluate.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.evaluate.metric.RocCurve;
import io.sightline.app.evaluate.plot.Chart.Point;
import io.sightline.app.evaluate.plot.Chart.Series;
import io.sightline.app.evaluate.plot.Chart.Style;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartPainterTest {
    private static final int FIRST_COLOUR = 0x1F6FEB;

    @TempDir
    Path folder;

    @Test
    void lineGoesWhereItsPointsAre() throws Exception {
        Chart chart = new Chart(
                "line",
                "a line",
                Axis.log("from a thousandth", 1e-3, 1),
                Axis.linear("up", 0, 1),
                List.of(new Series("flat", Style.LINE, List.of(new Point(1e-3, 0.5), new Point(1, 0.5)))));

        BufferedImage picture = ImageIO.read(ChartPainter.write(chart, folder).toFile());

        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(800);
        assertThat(picture.getRGB(640, 395) & 0xffffff).as("in the middle").isEqualTo(FIRST_COLOUR);
        assertThat(picture.getRGB(640, 250) & 0xffffff).as("above").isNotEqualTo(FIRST_COLOUR);
    }

    @Test
    void barsRiseFromTheBottomToTheirValue() {
        Chart chart = new Chart(
                "bars",
                "bars",
                Axis.names("sorts", List.of("one", "two")),
                Axis.linear("share", 0, 1),
                List.of(new Series("all", Style.BARS, List.of(new Point(0.5, 1), new Point(1.5, 0.25)))));

        BufferedImage picture = ChartPainter.paint(chart);

        assertThat(picture.getRGB(380, 120) & 0xffffff).isEqualTo(FIRST_COLOUR);
        assertThat(picture.getRGB(900, 680) & 0xffffff).isEqualTo(FIRST_COLOUR);
        assertThat(picture.getRGB(900, 500) & 0xffffff).isNotEqualTo(FIRST_COLOUR);
    }

    @Test
    void placesOfAnAxis() {
        assertThat(Axis.log("", 1e-4, 1).place(1e-2)).isCloseTo(0.5, within(1e-12));
        assertThat(Axis.log("", 1e-4, 1).place(0))
                .as("zero stays at the low end")
                .isZero();
        assertThat(Axis.linear("", -1, 1).place(5)).isEqualTo(1);
        assertThat(Axis.log("", 1e-3, 1).marks())
                .extracting(Axis.Mark::text)
                .containsExactly("1e-3", "1e-2", "1e-1", "1");
        assertThat(Axis.names("", List.of("a", "b")).place(1.5)).isEqualTo(0.75);
        assertThatThrownBy(() -> Axis.log("", 0, 1)).hasMessage("a logarithmic axis from 0.0");
    }

    @Test
    void rocBeginsAtTheLowestRateThatItsTrialsCanShow() {
        Chart roc = Plots.roc("two", Map.of("one", RocCurve.of(new float[] {0.9f, 0.8f}, new float[] {
            0.1f, 0.2f, 0.3f, 0.85f
        })));

        assertThat(roc.x().min()).isEqualTo(0.25);
        assertThat(roc.y().min()).isEqualTo(0.5);
        assertThat(roc.series().get(0).points()).contains(new Point(0, 0.5), new Point(0.25, 1), new Point(1, 1));
    }
}
