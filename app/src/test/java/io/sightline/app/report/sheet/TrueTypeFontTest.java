package io.sightline.app.report.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrueTypeFontTest {
    private final TrueTypeFont font = new TrueTypeFont(roboto());

    @Test
    void capitalStandsOnTheBaseline() {
        Rectangle2D box = font.outline(font.glyph('H')).getBounds2D();

        // Roboto: 2048 units per em, capitals 1456 high
        assertThat(box.getMaxY()).isCloseTo(0, within(1e-9));
        assertThat(-box.getMinY()).isCloseTo(1456 / 2048.0, within(1e-9));
    }

    @Test
    void roundLettersKeepTheirHole() {
        var letter = font.outline(font.glyph('O'));
        Rectangle2D box = letter.getBounds2D();

        assertThat(letter.contains(box.getCenterX(), box.getCenterY())).isFalse();
        assertThat(letter.contains(box.getMinX() + box.getWidth() * 0.05, box.getCenterY()))
                .isTrue();
    }

    @Test
    void accentedLetterIsMadeOfItsParts() {
        Rectangle2D plain = font.outline(font.glyph('e')).getBounds2D();
        Rectangle2D accented = font.outline(font.glyph('é')).getBounds2D();

        assertThat(accented.getWidth()).isCloseTo(plain.getWidth(), within(0.01));
        assertThat(accented.getMinY()).isLessThan(plain.getMinY() - 0.1);
        assertThat(accented.getMaxY()).isCloseTo(plain.getMaxY(), within(1e-9));
    }

    @Test
    void figuresAreEquallyWideAndASpaceIsEmpty() {
        for (char figure = '0'; figure <= '9'; figure++) {
            assertThat(font.advance(font.glyph(figure))).isEqualTo(font.advance(font.glyph('0')));
        }
        assertThat(font.outline(font.glyph(' ')).getBounds2D().isEmpty()).isTrue();
        assertThat(font.advance(font.glyph(' '))).isPositive();
    }

    @Test
    void characterThatTheFontLacksIsTheEmptyBox() {
        assertThat(font.glyph('张')).isZero();
        assertThat(font.outline(0).getBounds2D().isEmpty()).isFalse();
    }

    @Test
    void whatIsNoFontIsRefused() {
        assertThatThrownBy(() -> new TrueTypeFont(new byte[] {1, 2, 3})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrueTypeFont(new byte[400]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without the table");
        assertThatThrownBy(() -> new TrueTypeFont(Arrays.copyOf(roboto(), 600)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letteringCutsWithAnEllipsis() {
        Lettering lettering = new Lettering();
        TextStyle style = TextStyle.bold(20);

        assertThat(lettering.cut(style, "Guest", 400)).isEqualTo("Guest");
        String cut = lettering.cut(style, "a very long name 🙂🙂🙂🙂🙂🙂🙂🙂", 150);
        assertThat(cut).endsWith("…");
        assertThat(lettering.width(style, cut)).isLessThanOrEqualTo(150);
        assertThat(lettering.cut(style, "name", 1)).isEqualTo("…");
    }

    private static byte[] roboto() {
        try (InputStream font =
                Objects.requireNonNull(TrueTypeFontTest.class.getResourceAsStream(Weight.REGULAR.resource()))) {
            return font.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
