package io.sightline.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "c@nary",
                "can/ary",
                "ca:na@ry/?#x",
                "canary%40x",
                "\"can'ary",
                "канарейка",
                "can$1ary\\",
                "canary&x=y",
                "canary://x",
                "can%ary"
            })
    void noPasswordSurvivesInAUrlPlainOrEncoded(String password) {
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        for (String written : List.of(password, encoded, encoded.toLowerCase(Locale.ROOT))) {
            String url = "rtsp://admin:" + written + "@10.0.0.7:554/stream1?channel=1";

            assertThat(Masking.url(url)).isEqualTo("rtsp://***@10.0.0.7:554/stream1?channel=1");
            assertThat(Masking.text("cannot open '" + url + "': refused; " + url))
                    .doesNotContain(written)
                    .doesNotContain("admin")
                    .contains("10.0.0.7:554/stream1");
        }
    }

    @Test
    void aPasswordWithASpaceIsMaskedInAUrl() {
        assertThat(Masking.url("rtsp://admin:two words@gate/1")).isEqualTo("rtsp://***@gate/1");
    }

    @Test
    void aUrlWithoutCredentialsIsLeftAlone() {
        for (String url : List.of("rtsp://10.0.0.7:554/a/b?c=d", "redis://localhost:6379", "clip.mp4", "")) {
            assertThat(Masking.url(url)).isEqualTo(url);
            assertThat(Masking.text(url)).isEqualTo(url);
        }
    }

    @Test
    void everyUrlInATextIsMaskedAndTheRestStays() {
        assertThat(Masking.text("from rtsp://a:b@one/x to rtsps://c:d@two/y, both at 25 fps"))
                .isEqualTo("from rtsp://***@one/x to rtsps://***@two/y, both at 25 fps");
    }

    @Test
    void aUrlEncodedIntoAnotherIsMasked() {
        assertThat(Masking.text("http://proxy/?url=rtsp%3A%2F%2Fadmin%3Acanary%40gate%2F1"))
                .doesNotContain("canary")
                .doesNotContain("admin");
    }

    @Test
    void parametersThatSoundLikeSecretsAreMasked() {
        assertThat(Masking.url("http://cam/mjpeg?user=u&password=canary&fps=5"))
                .isEqualTo("http://cam/mjpeg?user=u&password=***&fps=5");
        assertThat(Masking.text("login failed, pwd=canary; auth_token=canary"))
                .isEqualTo("login failed, pwd=***; auth_token=***");
        assertThat(Masking.text("ScramLoginModule required username=\"u\" password=\"can ary\";"))
                .isEqualTo("ScramLoginModule required username=\"u\" password=***;");
    }

    @Test
    void ordinarySentencesAboutPasswordsStayReadable() {
        String sentence = "redis.password: the variable REDIS_PASSWORD is not set: set it";

        assertThat(Masking.text(sentence)).isEqualTo(sentence);
    }

    @Test
    void knownSecretsAreMaskedWhereverTheyStand() {
        List<Secret> secrets = List.of(Secret.of("c@na ry*"));

        assertThat(Masking.text("tried c@na ry*, c%40na%20ry%2A, c%40na%20ry%2a and c%40na+ry*", secrets))
                .isEqualTo("tried ***, ***, *** and ***");
    }
}
