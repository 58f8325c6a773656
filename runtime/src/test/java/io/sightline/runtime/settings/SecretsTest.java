package io.sightline.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    private static final String CANARY = "c4n4ry-p@ss/word";

    @TempDir
    private Path folder;

    @Test
    void aSecretComesFromAVariable() throws IOException {
        Settings settings = load("redis:\n  password: env:REDIS_PASSWORD\n", Map.of("REDIS_PASSWORD", CANARY));

        assertThat(settings.section("redis").secret("password")).hasValue(Secret.of(CANARY));
        settings.finish();
    }

    @Test
    void aVariableNamedLikeTheSettingMayHoldTheSecretThatTheFileRefersTo() throws IOException {
        Settings settings =
                load("redis:\n  password: env:SIGHTLINE_REDIS_PASSWORD\n", Map.of("SIGHTLINE_REDIS_PASSWORD", CANARY));

        assertThat(settings.section("redis").secret("password")).hasValue(Secret.of(CANARY));
        settings.finish();
    }

    @Test
    void aSecretComesFromAFileBesideTheSettingsWithoutItsLineBreak() throws IOException {
        Files.writeString(folder.resolve("password.txt"), CANARY + "\n");
        Settings settings = load("redis:\n  password: file:password.txt\n", Map.of());

        assertThat(settings.section("redis").secret("password").orElseThrow().reveal())
                .isEqualTo(CANARY);
    }

    @Test
    void aSecretThatIsMissingIsToldByNameOnly() throws IOException {
        Settings settings = load("redis:\n  password: env:NOT_THERE\nother:\n  key: file:none.txt\n", Map.of());
        settings.section("redis").secret("password");
        settings.section("other").secret("key");

        assertThat(catchThrowableOfType(SettingsException.class, settings::finish)
                        .problems())
                .extracting(SettingsProblem::message)
                .containsExactly(
                        "the variable NOT_THERE is not set: set it, or refer to another",
                        "the file " + folder.toAbsolutePath().resolve("none.txt")
                                + " cannot be read (NoSuchFileException): check its path and who may read it");
    }

    @Test
    void aSecretWrittenIntoTheFileIsRefusedAndNotShown() throws IOException {
        Settings settings = load(
                "redis:\n  password: " + CANARY + "\n  client:\n    ssl.keystore.password: " + CANARY + "\n", Map.of());
        Section redis = settings.section("redis");
        redis.secret("password");
        redis.entries("client");

        SettingsException failure = catchThrowableOfType(SettingsException.class, settings::finish);
        assertThat(failure.problems())
                .extracting(SettingsProblem::key)
                .containsExactly("redis.password", "redis.client.ssl.keystore.password");
        assertThat(failure).hasMessageContaining("env:NAME").hasMessageNotContaining(CANARY);
    }

    @Test
    void entriesKeepForeignKeysAndResolveReferences() throws IOException {
        Settings settings = load("""
                kafka:
                  client:
                    security.protocol: SASL_SSL
                    sasl.jaas.config: env:JAAS
                """, Map.of("JAAS", CANARY));

        assertThat(settings.section("kafka").entries("client"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", CANARY));
        settings.finish();
    }

    @Test
    void aSecretNeverShowsInText() {
        assertThat(Secret.of(CANARY)).hasToString("***");
        assertThat("" + Optional.of(Secret.of(CANARY))).doesNotContain(CANARY);
    }

    @Test
    void aWrongReferenceIsNotRepeated() {
        assertThatThrownBy(() -> SecretReference.parse(CANARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(CANARY)
                .hasMessageContaining("file:PATH");
        assertThatThrownBy(() -> SecretReference.parse("env:")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWrongValueWithCredentialsIsShownMasked() throws IOException {
        Settings settings = load("redis:\n  port: redis://me:" + CANARY + "@host\n", Map.of());
        settings.section("redis").integer("port", 6379, 1, 65_535);

        assertThat(catchThrowableOfType(SettingsException.class, settings::finish))
                .hasMessageNotContaining(CANARY)
                .hasMessageContaining("redis://***@host");
    }

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("sightline.yaml"), yaml);
        return Settings.load(Optional.of(file), environment, Map.of());
    }
}
