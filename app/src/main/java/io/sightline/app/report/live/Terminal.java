package io.sightline.app.report.live;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The terminal around this process, asked through {@code test} and {@code stty}: {@link System#console()} says no when only standard input is
 * redirected, and from JDK 22 on says yes when nothing is a terminal.
 */
final class Terminal {
    private static final long ANSWER_SECONDS = 2;
    private static final File TTY = new File("/dev/tty");

    private Terminal() {}

    /** Standard output in UTF-8 whatever the locale, buffered until it is flushed. Not to be closed. */
    static PrintStream standardOutput() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }

    /** Whether standard output is a terminal that understands cursor movement. */
    static boolean isInteractive(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "dumb");
        return !term.equals("dumb") && !environment.containsKey("CI") && standardOutputIsTerminal();
    }

    /** The size it has now; the usual size where it does not say. */
    static ScreenSize size() {
        ProcessBuilder stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.from(TTY));
        return answer(stty).flatMap(Terminal::parse).orElse(ScreenSize.USUAL);
    }

    /** Reads {@code rows columns}; empty for anything else, and for the 0 0 of a terminal that does not know. */
    static Optional<ScreenSize> parse(String rowsAndColumns) {
        String[] parts = rowsAndColumns.strip().split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,5}") || !parts[1].matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(parts[0]);
        int columns = Integer.parseInt(parts[1]);
        return rows == 0 || columns == 0 ? Optional.empty() : Optional.of(new ScreenSize(columns, rows));
    }

    private static boolean standardOutputIsTerminal() {
        try {
            Process test = new ProcessBuilder("test", "-t", "1").inheritIO().start();
            return hasEnded(test) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the command prints; empty where it cannot be run, fails or hangs: then there is no terminal to draw on. */
    private static Optional<String> answer(ProcessBuilder command) {
        try {
            Process process = command.redirectError(Redirect.DISCARD).start();
            if (!hasEnded(process) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean hasEnded(Process process) {
        try {
            boolean hasEnded = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
            process.destroy();
            return hasEnded;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            return false;
        }
    }
}
