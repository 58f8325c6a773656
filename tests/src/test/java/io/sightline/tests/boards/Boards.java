package io.sightline.tests.boards;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** All boards, in the order of their numbers, and how they are written to {@code dashboards/grafana/boards}. */
final class Boards {
    static final Path FOLDER = RuleFiles.ROOT.resolve("dashboards/grafana/boards");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private Boards() {}

    static List<Board> all() {
        return List.of(
                FleetBoard.board(),
                CameraBoard.board(),
                StagesBoard.board(),
                KafkaBoard.board(),
                IdentityBoard.board(),
                GalleryBoard.board(),
                GpuBoard.board(),
                ProcessesBoard.board());
    }

    /** The file's content. */
    static String text(Board board) {
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(INDENT);
            printer.indentObjectsWith(INDENT);
            return JSON.writer(printer).writeValueAsString(board.json()) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A board's file, read. */
    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
