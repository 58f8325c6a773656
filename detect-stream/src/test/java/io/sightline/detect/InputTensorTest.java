package io.sightline.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.inference.RgbImage;
import io.sightline.inference.card.ChannelOrder;
import io.sightline.inference.card.Extent;
import io.sightline.inference.card.InputSpec;
import io.sightline.inference.card.Layout;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class InputTensorTest {
    private static final int WIDTH = 8;
    private static final int HEIGHT = 4;

    @Test
    void planesFollowTheCardsChannelOrderMeanAndScale() {
        RgbImage picture = Pictures.flat(WIDTH, HEIGHT, 0x0a141e);

        FloatBuffer rgb = fill(new InputTensor(spec(ChannelOrder.RGB, 0, 1), WIDTH, HEIGHT), picture);
        FloatBuffer bgr = fill(new InputTensor(spec(ChannelOrder.BGR, 10, 0.5f), WIDTH, HEIGHT), picture);

        assertThat(at(rgb, 0, 3, 2)).isCloseTo(10f, within(1e-4f));
        assertThat(at(rgb, 1, 3, 2)).isCloseTo(20f, within(1e-4f));
        assertThat(at(rgb, 2, 3, 2)).isCloseTo(30f, within(1e-4f));
        assertThat(at(bgr, 0, 3, 2)).isCloseTo(10f, within(1e-4f));
        assertThat(at(bgr, 1, 3, 2)).isCloseTo(5f, within(1e-4f));
        assertThat(at(bgr, 2, 3, 2)).isCloseTo(0f, within(1e-4f));
    }

    @Test
    void whatThePictureLeavesFreeIsZeroAlsoAfterALargerPicture() {
        InputTensor tensor = new InputTensor(spec(ChannelOrder.RGB, 127.5f, 1), WIDTH, HEIGHT);
        fill(tensor, Pictures.flat(WIDTH, HEIGHT, 0xffffff));

        FloatBuffer planes = fill(tensor, Pictures.flat(2, 1, 0xffffff));

        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(at(planes, 2, x, y)).as("%s,%s", x, y).isEqualTo(x < 4 && y < 2 ? 127.5f : 0f);
            }
        }
    }

    private static FloatBuffer fill(InputTensor tensor, RgbImage picture) {
        return tensor.fill(picture, Letterbox.fit(picture.widthPx(), picture.heightPx(), WIDTH, HEIGHT));
    }

    private static float at(FloatBuffer planes, int channel, int x, int y) {
        return planes.get((channel * HEIGHT + y) * WIDTH + x);
    }

    private static InputSpec spec(ChannelOrder order, float mean, float scale) {
        return new InputSpec("data", Layout.NCHW, Extent.multipleOf(4), Extent.multipleOf(4), order, mean, scale);
    }
}
