package io.sightline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sightline.runtime.settings.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraSourceTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://host/stream,rtsp://host/stream",
        "RTSP://host:8554/stream,rtsp://host:8554/stream",
        "rtsps://host/s,rtsps://host/s",
        "http://host/video.mjpg?channel=1,http://host/video.mjpg?…",
        "https://[fe80::1]:443/v,https://[fe80::1]:443/v",
        "rtsp://admin:canary@host/s,rtsp://host/s",
        "rtsp://admin:can%61ry@host/s@2,rtsp://host/s@2",
        "rtsp://host/user@site,rtsp://host/user@site",
        "rtsp://admin:canary/1?#@host:554/s,rtsp://host:554/s",
    })
    void addressIsShownWithoutCredentialsAndQuery(String text, String shown) {
        assertThat(CameraSource.parse(text)).hasToString(shown);
    }

    @Test
    void passwordIsEncodedOnceForOpening() {
        assertThat(CameraSource.parse("rtsp://admin:a/b c@host/s").openAddress())
                .isEqualTo("rtsp://admin:a%2Fb%20c@host/s");
        assertThat(CameraSource.parse("rtsp://admin:a%2Fb@host/s").openAddress())
                .isEqualTo("rtsp://admin:a%2Fb@host/s");
        assertThat(CameraSource.parse("rtsp://host/s")
                        .withCredentials("admin", Secret.of("ü@:/%"))
                        .openAddress())
                .isEqualTo("rtsp://admin:%C3%BC%40%3A%2F%25@host/s");
    }

    @Test
    void credentialsInTheAddressAreKnownAsSuch() {
        assertThat(CameraSource.parse("rtsp://a:b@host/s").hasCredentialsInAddress())
                .isTrue();
        assertThat(CameraSource.parse("rtsp://host/s").hasCredentialsInAddress())
                .isFalse();
        assertThat(CameraSource.parse("rtsp://host/s")
                        .withCredentials("a", Secret.of("b"))
                        .hasCredentialsInAddress())
                .isFalse();
    }

    @Test
    void pathIsAFileAlsoWithOddCharacters() {
        CameraSource source = CameraSource.parse("clips/a b:c é.mp4");

        assertThat(source.isFile()).isTrue();
        assertThat(source).hasToString("clips/a b:c é.mp4");
        assertThat(source.openAddress())
                .isEqualTo("file:" + Path.of("clips/a b:c é.mp4").toAbsolutePath());
        assertThat(CameraSource.parse("file:///tmp/a%20b.mp4").openAddress()).isEqualTo("file:/tmp/a b.mp4");
        assertThat(CameraSource.of(Path.of("x.mp4"))).isEqualTo(CameraSource.parse("x.mp4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://admin:canary@host/s",
                "rstp://admin:canary@host/s",
                "rtsp://admin:canary@",
                "rtsp://admin:canary@host:99999/s",
                "rtsp://admin:canary@host:port/s",
                "rtsp://admin:canary@host/a b",
                "http://admin:ca/nary@ho st/canary?password=canary",
                "rtsp://admin:canary@host\u0000/s",
            })
    void wrongAddressIsRefusedWithoutItsCredentials(String text) {
        Throwable error = catchThrowable(() -> CameraSource.parse(text));

        assertThat(error).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("camera source '");
        for (Throwable t = error; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("password", "ca/nary").doesNotContainPattern("admin");
        }
    }

    @Test
    void unknownSchemeSaysWhatIsAllowed() {
        assertThatThrownBy(() -> CameraSource.parse("rstp://host/s"))
                .hasMessage(
                        "camera source 'rstp://host/s' has an unknown scheme; use rtsp://, rtsps://, http://, https:// or the path of a"
                                + " video file");
        assertThatThrownBy(() -> CameraSource.parse(" ")).hasMessageContaining("is empty");
    }

    @Test
    void cameraIsWrittenIdThenSource() {
        CameraSpec spec = CameraSpec.parse("lobby=rtsp://host/s?a=b");

        assertThat(spec.id()).hasToString("lobby");
        assertThat(spec.source()).hasToString("rtsp://host/s?…");
        assertThat(CameraSpec.parse("gate=clip=1.mp4").source()).hasToString("clip=1.mp4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://admin:canary@host/s",
                "rtsp://admin:can=ary@host/s",
                "rtsp://admin:x@host/s?canary=1",
                "=clip.mp4",
                ""
            })
    void cameraWithoutANameSaysHowItIsWrittenAndShowsNothing(String text) {
        assertThatThrownBy(() -> CameraSpec.parse(text))
                .hasMessageStartingWith("a camera is written id=source, for example lobby=rtsp://")
                .hasMessageNotContaining("canary");
    }

    @Test
    void mistakesNameTheCamera() {
        assertThatThrownBy(() -> CameraSpec.parse("lobby=ftp://host/s"))
                .hasMessageStartingWith("camera lobby: camera source '");
        assertThatThrownBy(() -> CameraSpec.parse("Lobby=clip.mp4"))
                .hasMessageContaining("camera id 'Lobby' is not allowed");
    }
}
