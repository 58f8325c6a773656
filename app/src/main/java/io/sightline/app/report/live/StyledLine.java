package io.sightline.app.report.live;

import io.sightline.app.report.text.Columns;
import io.sightline.app.report.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** A line of a terminal in pieces, each with a style. Text is cleaned on its way in, so no piece can carry an escape sequence. */
record StyledLine(List<Piece> pieces) {
    static final StyledLine EMPTY = new StyledLine(List.of());

    StyledLine {
        pieces = List.copyOf(pieces);
    }

    /** Text as it is to stand, padding included; must be clean already. */
    record Piece(String text, Style style) {}

    StyledLine and(String text, Style style) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(new Piece(text, style));
        return new StyledLine(more);
    }

    /** Adds text from outside. */
    StyledLine andForeign(String text, Style style) {
        return and(PlainText.clean(text), style);
    }

    /** At most {@code columns} wide. */
    StyledLine cut(int columns) {
        List<Piece> kept = new ArrayList<>();
        int left = columns;
        for (Piece piece : pieces) {
            if (left <= 0) {
                break;
            }
            String text = Columns.cut(piece.text(), left);
            kept.add(new Piece(text, piece.style()));
            left = text.equals(piece.text()) ? left - Columns.width(text) : 0;
        }
        return new StyledLine(kept);
    }

    String plain() {
        StringBuilder line = new StringBuilder();
        pieces.forEach(piece -> line.append(piece.text()));
        return line.toString();
    }

    String ansi() {
        StringBuilder line = new StringBuilder();
        pieces.forEach(piece -> line.append(piece.style().applied(piece.text())));
        return line.toString();
    }
}
