package io.sightline.app.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void escapeSequencesLoseTheirEscape() {
        assertThat(PlainText.clean("a\u001B[31mred\u0007\u009B2J")).isEqualTo("a[31mred2J");
    }

    @Test
    void lineBreaksAndTabsBecomeOneSpace() {
        assertThat(PlainText.clean("  one\r\n\ttwo\u2028three\u00A0four ")).isEqualTo("one two three four");
    }

    @Test
    void marksThatReorderTextAreShownAsReplaced() {
        assertThat(PlainText.clean("gnp.\u202Egpj\u2066")).isEqualTo("gnp.\uFFFDgpj\uFFFD");
        assertThat(PlainText.clean("a\uD800b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void namesOfAllScriptsStay() {
        for (String name : new String[] {"张伟", "Zoë", "محمد", "👩‍🚀 Ada", "e\u0301", "여러분"}) {
            assertThat(PlainText.clean(name)).isEqualTo(name);
        }
    }
}
