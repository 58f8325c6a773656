package io.sightline.match.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.contracts.face.Embedding;
import io.sightline.match.Vectors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void meanIsTheQualityWeightedSum() {
        Evidence evidence = Evidence.of(Vectors.axis(0), 0.9).plus(Vectors.axis(1), 0.3, 100);

        double length = Math.hypot(0.9, 0.3);
        assertThat(evidence.mean().value(0)).isCloseTo((float) (0.9 / length), within(1e-6f));
        assertThat(evidence.mean().value(1)).isCloseTo((float) (0.3 / length), within(1e-6f));
        assertThat(evidence.length()).isCloseTo(length, within(1e-6));
        assertThat(evidence.weight()).isCloseTo(1.2, within(1e-9));
        assertThat(evidence.frames()).isEqualTo(2);
    }

    @Test
    void manyFramesAgreeWithTheirPlainSum() {
        Random random = new Random(7);
        Evidence evidence = Evidence.of(Vectors.axis(0), 1);
        float[] sum = Vectors.axis(0).values().clone();
        for (int frame = 0; frame < 50; frame++) {
            Embedding vector = Vectors.random(random, Vectors.DIMENSION);
            double quality = 0.1 + 0.9 * random.nextDouble();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) (quality * vector.value(i));
            }
            evidence = evidence.plus(vector, quality, 1_000);
        }

        assertThat(evidence.mean().similarity(Embedding.normalised(sum))).isCloseTo(1f, within(1e-4f));
    }

    @Test
    void weightIsBoundedAndThePastFades() {
        Evidence evidence = Evidence.of(Vectors.axis(0), 1);
        for (int frame = 0; frame < 100; frame++) {
            evidence = evidence.plus(Vectors.axis(0), 1, 5);
        }
        assertThat(evidence.weight()).isCloseTo(5, within(1e-9));
        assertThat(evidence.frames()).isEqualTo(101);

        for (int frame = 0; frame < 20; frame++) {
            evidence = evidence.plus(Vectors.towards(0, 0.5, 1), 1, 5);
        }
        assertThat(evidence.mean().similarity(Vectors.towards(0, 0.5, 1))).isGreaterThan(0.99f);
    }

    @Test
    void oppositeFramesLeaveTheLastOne() {
        float[] opposite = new float[Vectors.DIMENSION];
        opposite[0] = -1;

        Evidence evidence = Evidence.of(Vectors.axis(0), 0.5).plus(Embedding.adoptUnit(opposite), 0.5, 100);

        assertThat(evidence.frames()).isEqualTo(1);
        assertThat(evidence.mean().value(0)).isEqualTo(-1f);
    }

    @Test
    void aVectorOfAnotherDimensionNeverAgrees() {
        assertThat(Evidence.of(Vectors.axis(0), 1).agreesWith(Embedding.adoptUnit(new float[] {1}), -1))
                .isFalse();
    }
}
