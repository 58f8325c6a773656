package io.sightline.tests.boards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The boards of {@code dashboards/grafana/boards} are what {@link Boards} makes. {@code mvn -pl tests -am -Dtest=GeneratedFilesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dboards.write=true test} writes them anew.
 */
class GeneratedFilesTest {
    @Test
    void boardsAreAsGenerated() throws IOException {
        if (Boolean.getBoolean("boards.write")) {
            Files.createDirectories(Boards.FOLDER);
            for (Board board : Boards.all()) {
                Files.writeString(Boards.FOLDER.resolve(board.fileName()), Boards.text(board));
            }
        }

        for (Board board : Boards.all()) {
            assertThat(Boards.FOLDER.resolve(board.fileName())).content().isEqualTo(Boards.text(board));
        }
        assertThat(RuleFiles.names(Boards.FOLDER, ""))
                .isEqualTo(Boards.all().stream().map(Board::fileName).collect(Collectors.toSet()));
    }
}
