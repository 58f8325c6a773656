package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnnxFaceNetworkTest {
    @Test
    void runsAreOfFewSizesSoThatMemoryStaysFlat() {
        assertThat(OnnxFaceNetwork.batchFor(1)).isEqualTo(1);
        assertThat(OnnxFaceNetwork.batchFor(2)).isEqualTo(2);
        assertThat(OnnxFaceNetwork.batchFor(3)).isEqualTo(4);
        assertThat(OnnxFaceNetwork.batchFor(8)).isEqualTo(8);
        assertThat(OnnxFaceNetwork.batchFor(9)).isEqualTo(OnnxFaceNetwork.MAX_BATCH);
        assertThat(OnnxFaceNetwork.batchFor(OnnxFaceNetwork.MAX_BATCH)).isEqualTo(OnnxFaceNetwork.MAX_BATCH);
    }
}
