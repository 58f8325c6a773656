package io.sightline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.contracts.frame.Jpeg;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PictureChangeTest {
    private static final Jpeg ONE = Jpeg.adopt(new byte[] {1, 2, 3});
    private static final Jpeg OTHER = Jpeg.adopt(new byte[] {1, 2, 4});

    private final PictureChange change = new PictureChange();

    @Test
    void beforeTheFirstPictureThereIsNoAge() {
        assertThat(change.ageSeconds()).isNaN();
    }

    @Test
    void pictureThatRepeatsGrowsOldAndOneThatDiffersIsNew() {
        show(ONE, 10);
        assertThat(change.ageSeconds()).isZero();
        show(ONE, 12);
        show(ONE, 45);
        assertThat(change.ageSeconds()).isEqualTo(35);

        show(OTHER, 46);

        assertThat(change.ageSeconds()).isZero();
    }

    @Test
    void cameraThatSendsNothingIsSilentAndNotFrozen() {
        show(ONE, 10);
        show(ONE, 11);

        assertThat(change.ageSeconds()).isEqualTo(1);
    }

    private void show(Jpeg picture, long second) {
        change.picture(picture, TimeUnit.SECONDS.toNanos(second));
    }
}
