package io.sightline.app.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void wideCharactersTakeTwoColumnsAndMarksNone() {
        assertThat(Columns.width("Ada")).isEqualTo(3);
        assertThat(Columns.width("张伟")).isEqualTo(4);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.width("🙂")).isEqualTo(2);
        assertThat(Columns.width("ｱ")).isEqualTo(1);
    }

    @Test
    void cutNeverLeavesHalfAWideCharacter() {
        assertThat(Columns.left("张伟李", 6)).isEqualTo("张伟李");
        assertThat(Columns.left("张伟李", 5)).isEqualTo("张伟…");
        assertThat(Columns.left("张伟李", 4)).isEqualTo("张… ");
        assertThat(Columns.left("张伟李", 1)).isEqualTo("…");
        assertThat(Columns.left("张伟李", 0)).isEmpty();
    }

    @Test
    void paddingGoesLeftOrRight() {
        assertThat(Columns.left("ab", 4)).isEqualTo("ab  ");
        assertThat(Columns.right("ab", 4)).isEqualTo("  ab");
    }

    @Test
    void negativeWidthIsABug() {
        assertThatThrownBy(() -> Columns.cut("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyTextComesOutAtTheWidthAskedFor() {
        Random random = new Random(7);
        String[] alphabet = {"a", "张", "e\u0301", "🙂", " ", "…", "한"};
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            int columns = random.nextInt(16);

            assertThat(Columns.width(Columns.left(text.toString(), columns)))
                    .as("%s in %d", text, columns)
                    .isEqualTo(columns);
            assertThat(Columns.width(Columns.right(text.toString(), columns))).isEqualTo(columns);
        }
    }
}
