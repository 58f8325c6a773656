package io.sightline.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatchSettingsTest {
    @Test
    void nothingGivenIsTheDefaults() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of());

        assertThat(MatchSettings.read(settings.section("match"))).isEqualTo(MatchSettings.defaults());
        assertThat(RedisSettings.read(settings.section("redis"))).isEqualTo(RedisSettings.defaults());
        settings.finish();
    }

    @Test
    void similaritiesFollowTheEmbeddersCard() {
        MatchSettings settings = MatchSettings.defaults().forEmbedder(0.32, 0.06);

        assertThat(settings.rule().threshold()).isEqualTo(0.32);
        assertThat(settings.rule().margin()).isEqualTo(0.06);
        assertThat(settings.evidence().restartBelow()).isCloseTo(0.24, within(1e-9));
        assertThat(settings.sightings().sameUnknown()).isEqualTo(0.32);
    }

    @Test
    void whatWasSetBeatsTheCard() {
        MatchSettings settings = read(Map.of(
                        "match.threshold", "0.5",
                        "match.sightings.same-unknown", "0.6",
                        "match.evidence.restart-below", "0.2",
                        "match.sightings.gap-ms", "8000"))
                .forEmbedder(0.32, 0.06);

        assertThat(settings.rule().threshold()).isEqualTo(0.5);
        assertThat(settings.rule().margin()).isEqualTo(0.06);
        assertThat(settings.evidence().restartBelow()).isEqualTo(0.2);
        assertThat(settings.sightings().sameUnknown()).isEqualTo(0.6);
        assertThat(settings.sightings().gap()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void wrongValuesUnitsAndNamesAreAllSaidAtOnce() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "match.threshold", "1.5",
                        "match.sightings.gap-ms", "3s",
                        "match.sightings.min-unknown-frame", "4"));
        MatchSettings.read(settings.section("match"));

        assertThatThrownBy(settings::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("match.threshold")
                .hasMessageContaining("match.sightings.gap-ms")
                .hasMessageContaining("milliseconds")
                .hasMessageContaining("min-unknown-frames'");
    }

    @Test
    void aRedisUrlWithCredentialsIsRefusedWithoutRepeatingThem() {
        Settings settings =
                Settings.load(Optional.empty(), Map.of(), Map.of("redis.url", "redis://user:c%61nary@127.0.0.1:6379"));
        RedisSettings read = RedisSettings.read(settings.section("redis"));

        assertThat(read.url()).doesNotContain("anary");
        assertThatThrownBy(settings::finish)
                .hasMessageContaining("holds credentials")
                .hasMessageContaining("redis.password")
                .hasMessageNotContaining("anary");
    }

    @Test
    void redisAddressesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> RedisSettings.at("http://127.0.0.1:6379")).hasMessageContaining("no Redis address");
        assertThatThrownBy(() -> RedisSettings.at("redis://127.0.0.1:6379/people"))
                .hasMessageContaining("database number");
        assertThatThrownBy(() -> RedisSettings.at("redis://a b")).hasMessageContaining("no address");
        assertThat(RedisSettings.at("rediss://redis.example:6380/2").url()).startsWith("rediss");
    }

    private static MatchSettings read(Map<String, String> flags) {
        Settings settings = Settings.load(Optional.empty(), Map.of(), flags);
        MatchSettings read = MatchSettings.read(settings.section("match"));
        settings.finish();
        return read;
    }
}
