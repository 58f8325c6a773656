package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of {@code deploy/images} agree with the build, with the settings and with each other. */
class ImagesTest {
    private static final Path ROOT = Path.of("..");
    private static final String DOCKERFILE = text("deploy/images/Dockerfile");
    private static final String BAKE = text("deploy/images/bake.hcl");
    private static final String BUNDLE = text("deploy/images/bundle");

    @Test
    void basesAreNamedByExactTags() {
        List<String> bases = all("(?m)^ARG (?:MAVEN|JDK|BASE)=(\\S+)$", DOCKERFILE);

        assertThat(bases).hasSize(3).allSatisfy(base -> assertThat(base).matches("[a-z./-]+:\\d[\\w.-]*\\d[\\w.-]*"));
        assertThat(all("(?m)^FROM (?:--platform=\\S+ )?(\\S+)", DOCKERFILE))
                .containsOnly("${MAVEN}", "${JDK}", "${BASE}", "runtime");
    }

    @Test
    void imageInstallsNothingAndFetchesNothing() {
        String runtime =
                DOCKERFILE.substring(DOCKERFILE.indexOf("FROM ${BASE}")).replaceAll("(?m)^#.*$", "");

        assertThat(runtime).doesNotContain("apt-get", "apk ", "curl", "wget", "ADD ", "git ");
    }

    @Test
    void imageRunsAsANumberedUserWhoOwnsOnlyHome() {
        String last = DOCKERFILE.substring(DOCKERFILE.lastIndexOf("FROM "));

        assertThat(all("(?m)^USER (\\S+)$", last)).containsExactly("10001:10001");
        assertThat(all("(?m)^VOLUME (\\S+)$", last)).containsExactly("/var/lib/sightline");
        assertThat(all("chown (\\S+ \\S+)", DOCKERFILE)).containsExactly("10001:10001 /var/lib/sightline");
        assertThat(all("(?m)^ENTRYPOINT (.*)$", last)).containsExactly("[\"/opt/sightline/bin/start\"]");
    }

    @Test
    void variablesOfTheImageAreSettingsAndItsHealthCheckAsksTheirPort() {
        Map<String, String> variables = Map.of(
                "SIGHTLINE_HOME",
                first("SIGHTLINE_HOME=(\\S+)", DOCKERFILE),
                "SIGHTLINE_OPS_PORT",
                first("SIGHTLINE_OPS_PORT=(\\S+)", DOCKERFILE),
                first("export (SIGHTLINE_\\w+)=", text("deploy/images/start")),
                "a1b2c3");

        SightlineSettings settings = SightlineSettings.read(Settings.load(Optional.empty(), variables, Map.of()));

        assertThat(settings.workers().instance()).isEqualTo("a1b2c3");
        assertThat(DOCKERFILE)
                .contains("/dev/tcp/127.0.0.1/" + settings.ops().port())
                .contains("EXPOSE " + settings.ops().port())
                .contains("GET /health/ready ");
        assertThat(settings.ops().bind()).as("only its owner opens it").isEqualTo("127.0.0.1");
    }

    @Test
    void everyModuleOfTheBuildIsCopiedAndNoOther() {
        List<String> modules = all("<module>(.*?)</module>", text("pom.xml"));

        assertThat(all("(?m)^COPY ([\\w-]+)/ \\1/$", DOCKERFILE))
                .containsExactlyInAnyOrderElementsOf(modules.stream()
                        .map(module -> module.equals("tests") ? "models" : module)
                        .toList());
        assertThat(first("modules=\\((.*?)\\)", BUNDLE).split(" "))
                .containsExactlyInAnyOrderElementsOf(modules.stream()
                        .filter(module -> !module.equals("tests"))
                        .toList());
    }

    @Test
    void whatTheDockerfileCopiesIsNotIgnored() {
        List<String> kept = all("(?m)^!(\\S+)$", text("deploy/images/Dockerfile.dockerignore"));

        assertThat(all("(?m)^COPY (?:--chmod=\\d+ )?([\\w./-]+) ", DOCKERFILE)).allSatisfy(source -> {
            assertThat(kept).contains(source.replaceAll("^\\./|/$", ""));
            assertThat(ROOT.resolve(source)).exists();
        });
        assertThat(text("deploy/images/Dockerfile.dockerignore")).contains("**/target", "**/src/test");
    }

    @Test
    void everyRoleHasAnImage() {
        List<String> roles = List.of("ingest", "detect", "embed", "match", "tools");

        assertThat(all("(?m)^  (\\w+)\\) without=", BUNDLE)).containsExactlyElementsOf(roles);
        assertThat(all("matrix +=\\s*\\{ role = \\[(.*?)\\] \\}", BAKE))
                .hasSize(2)
                .containsOnly("\"" + String.join("\", \"", roles) + "\"");
        assertThat(text("deploy/images/record-classes")).contains(roles);
    }

    @Test
    void timeOfAllFilesIsThatOfTheBuild() {
        String epoch = first("SOURCE_DATE_EPOCH\" \\{ default = \"(\\d+)\"", BAKE);

        assertThat(Instant.ofEpochSecond(Long.parseLong(epoch)))
                .isEqualTo(Instant.parse(first(
                        "<project.build.outputTimestamp>(.*?)</project.build.outputTimestamp>", text("pom.xml"))));
        assertThat(all("output += \\[\"(.*?)\"\\]", BAKE))
                .hasSize(2)
                .allSatisfy(output -> assertThat(output).contains("rewrite-timestamp=true"));
    }

    @Test
    void imageForAGpuIsBuiltWithTheProfileOfThatNameOnCuda() {
        String gpu = BAKE.substring(BAKE.indexOf("target \"embed-gpu\""));

        assertThat(text("pom.xml")).contains("<id>gpu</id>");
        assertThat(gpu).contains("PROFILES = \"gpu\"", "ROLE     = \"embed\"", "[\"linux/amd64\"]");
        assertThat(first("BASE     = \"(.*?)\"", gpu))
                .matches("nvidia/cuda:12\\.\\d+\\.\\d+-cudnn-runtime-ubuntu\\d\\d\\.04");
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(String pattern, String text) {
        List<String> found = all(pattern, text);
        assertThat(found).as("%s", pattern).isNotEmpty();
        return found.get(0);
    }

    private static List<String> all(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }
}
