package io.sightline.app.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Command lines of child processes. Pure, but for the look at {@code PATH}. */
final class ChildCommand {
    private static final int FIRST_JAVA_WITH_UNSAFE_FLAG = 24;

    private ChildCommand() {}

    /**
     * In a session of its own where the system has {@code setsid}: Ctrl-C in a terminal reaches every process of the group, and a
     * broker that ends first leaves its clients hanging. The child ends with its standard input instead.
     */
    static List<String> detached(List<String> command) {
        List<String> detached = new ArrayList<>();
        find("setsid").ifPresent(setsid -> detached.add(setsid.toString()));
        detached.addAll(command);
        return List.copyOf(detached);
    }

    /** The same Java and class path as this process has, with a small heap. */
    static List<String> java(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xss512k",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_UNSAFE_FLAG) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return List.copyOf(command);
    }

    /** An executable of this name on {@code PATH}. */
    static Optional<Path> find(String executable) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, executable))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
