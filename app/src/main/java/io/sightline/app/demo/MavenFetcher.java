package io.sightline.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has Maven fetch the archive: {@code dependency:copy} of one artifact, so that the user's own repository, mirrors, proxies and
 * credentials apply, and it is kept in the local repository as usual.
 */
final class MavenFetcher implements ArchiveFetcher {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0";
    private static final int SHOWN_CHARACTERS = 300;

    private final String program;
    private final String artifact;
    private final Duration limit;

    /**
     * @param program {@code mvn}, or a path to it
     * @param artifact {@code group:artifact:version}
     * @param limit after which Maven is ended
     */
    MavenFetcher(String program, String artifact, Duration limit) {
        this.program = program;
        this.artifact = artifact;
        this.limit = limit;
    }

    @Override
    public Path fetchInto(Path folder) throws DemoException {
        Path log = folder.resolve("maven.log");
        int status = run(folder, log);
        if (status != 0) {
            throw new DemoException(unfetched("Maven ended with " + status + ": " + reason(log)));
        }
        String[] parts = artifact.split(":", -1);
        Path archive = folder.resolve(parts[1] + "-" + parts[2] + ".jar");
        if (!Files.isRegularFile(archive)) {
            throw new DemoException(unfetched("Maven reported success but left no " + archive.getFileName()));
        }
        return archive;
    }

    private int run(Path folder, Path log) throws DemoException {
        try {
            Process maven = new ProcessBuilder(command(folder))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            maven.getOutputStream().close();
            return statusOf(maven);
        } catch (IOException e) {
            throw new DemoException(
                    unfetched("'" + program + "' could not be run (" + e.getMessage() + "); is Maven on the PATH?"), e);
        }
    }

    private int statusOf(Process maven) throws DemoException {
        try {
            if (maven.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return maven.exitValue();
            }
            throw new DemoException(unfetched("Maven had not ended after " + limit.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException(unfetched("interrupted"), e);
        } finally {
            maven.destroy();
        }
    }

    private List<String> command(Path folder) {
        return List.of(
                program,
                "-q",
                "-B",
                "-Dstyle.color=never",
                PLUGIN + ":copy",
                "-Dartifact=" + artifact,
                "-DoutputDirectory=" + folder);
    }

    private String unfetched(String why) {
        return "the demo's clip could not be fetched: " + why + ". It is in Maven Central's " + artifact
                + ": check the network (proxies and mirrors are read from Maven's settings.xml), or on a machine with network run"
                + " 'mvn dependency:get -Dtransitive=false -Dartifact=" + artifact
                + "' and copy its ~/.m2/repository here";
    }

    /** The first line that Maven calls an error. Addresses lose what could be credentials. */
    private static String reason(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("[ERROR]"))
                    .findFirst()
                    .map(line -> line.substring("[ERROR]".length()).strip())
                    .map(line -> line.replaceAll("://[^/@\\s]*@", "://***@"))
                    .map(line -> line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line)
                    .orElse("it did not say why");
        } catch (IOException e) {
            return "its log could not be read: " + e.getMessage();
        }
    }
}
