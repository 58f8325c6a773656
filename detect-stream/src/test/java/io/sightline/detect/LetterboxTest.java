package io.sightline.detect;

import static io.sightline.detect.FakeFaces.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Box;
import org.junit.jupiter.api.Test;

class LetterboxTest {

    @Test
    void widePictureFillsTheWidth() {
        assertThat(Letterbox.fit(1280, 720, 640, 384)).isEqualTo(new Letterbox(1280, 720, 640, 360));
        assertThat(Letterbox.fit(480, 270, 640, 384)).isEqualTo(new Letterbox(480, 270, 640, 360));
    }

    @Test
    void tallPictureFillsTheHeight() {
        assertThat(Letterbox.fit(720, 1280, 640, 384)).isEqualTo(new Letterbox(720, 1280, 216, 384));
    }

    @Test
    void tinyPictureIsAtMostDoubled() {
        assertThat(Letterbox.fit(1, 1, 640, 384)).isEqualTo(new Letterbox(1, 1, 2, 2));
    }

    @Test
    void lineKeepsAPixel() {
        assertThat(Letterbox.fit(8000, 1, 640, 384)).isEqualTo(new Letterbox(8000, 1, 640, 1));
    }

    @Test
    void boxAndLandmarksReturnToThePicture() {
        Detection inInput = face(100, 50, 40, 0.9f);

        Detection inPicture = Letterbox.fit(1280, 720, 640, 384).toPicture(inInput);

        assertThat(inPicture.box()).isEqualTo(new Box(200, 100, 280, 200));
        assertThat(inPicture.landmarks().x(2)).isEqualTo(240, within(1e-4f));
        assertThat(inPicture.landmarks().y(2)).isEqualTo(160, within(1e-4f));
        assertThat(inPicture.score()).isEqualTo(0.9f);
    }
}
