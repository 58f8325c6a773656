package io.sightline.tests.consumers;

import io.sightline.tests.servers.TestAuthority;
import io.sightline.tests.servers.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A reader of the page who puts in their own addresses and paths: settings, certificate, commands, database. */
record FrontDesk(Path folder, TestBroker broker) {
    private static final String ROWS = "import sqlite3, sys\n"
            + "for row in sqlite3.connect(sys.argv[1]).execute("
            + "'SELECT camera, epoch, seq, track, name FROM seen ORDER BY camera, epoch, seq, track'): print(*row)";

    /** With a certificate of the authority. */
    static FrontDesk open(Path folder, TestBroker broker, TestAuthority authority) throws IOException {
        Files.createDirectories(folder);
        Files.copy(authority.certificate(), folder.resolve("ca.pem"));
        Files.copy(authority.issue("front-desk"), folder.resolve("client.pem"));
        return new FrontDesk(folder, broker);
    }

    /** The page's file of this name, with a group of its own. */
    Path settings(String name, String group) throws IOException {
        return Files.writeString(
                file(group + ".properties"), here(shown(name)) + "group.id=front-desk." + group + "\n");
    }

    /** The first command of the page that has this word, without its program; files of settings are the page's too. */
    List<String> command(String program, String word) throws IOException {
        for (String name : ConsumersPage.files()) {
            if (name.endsWith(".properties")) {
                Files.writeString(file(name), here(shown(name.replace(".properties", ""))));
            }
        }
        return ConsumersPage.commands(program).stream()
                .filter(words -> words.contains(word))
                .findFirst()
                .orElseThrow()
                .stream()
                .map(this::here)
                .map(argument ->
                        argument.endsWith(".properties") ? file(argument).toString() : argument)
                .toList();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** {@code camera epoch seq track name} of each face in a database of {@code identities.py}; none while there is no table. */
    List<String> rows(Path database) {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c", ROWS, database.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String shown(String name) throws IOException {
        return Files.readString(ConsumersPage.PROGRAMS.resolve(name + ".properties"));
    }

    private String here(String text) {
        return text.replace("127.0.0.1:9092", broker.connection().bootstrapServers())
                .replace("kafka.example.org:9093", broker.tlsAddress())
                .replace("/etc/front-desk", folder.toString());
    }
}
