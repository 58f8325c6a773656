package io.sightline.app.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RocCurveTest {
    private static final RocCurve CURVE =
            RocCurve.of(new float[] {0.9f, 0.6f, 0.5f, Float.NaN}, new float[] {0.55f, 0.3f, 0.3f, 0.1f, Float.NaN});

    @Test
    void thresholdIsTheLowestThatKeepsTheRate() {
        assertThat(CURVE.atFalseAcceptRate(0).threshold()).isEqualTo(Math.nextUp(0.55f));
        assertThat(CURVE.atFalseAcceptRate(0).trueAccepts()).isEqualTo(new Share(2, 4));
        assertThat(CURVE.atFalseAcceptRate(0.2).threshold()).isEqualTo(Math.nextUp(0.3f));
        assertThat(CURVE.atFalseAcceptRate(0.2).falseAccepts()).isEqualTo(new Share(1, 5));
        assertThat(CURVE.atFalseAcceptRate(0.2).trueAccepts()).isEqualTo(new Share(3, 4));
    }

    /** Two strangers have 0.3: a rate of 0.4 would take one of them and not the other. */
    @Test
    void tiedScoresAreAcceptedTogetherOrNotAtAll() {
        assertThat(CURVE.atFalseAcceptRate(0.4).falseAccepts()).isEqualTo(new Share(1, 5));
        assertThat(CURVE.atFalseAcceptRate(0.6).falseAccepts()).isEqualTo(new Share(3, 5));
    }

    @Test
    void whatHasNoVectorIsNeverAccepted() {
        RocCurve.Point all = CURVE.at(-1);

        assertThat(all.trueAccepts()).isEqualTo(new Share(3, 4));
        assertThat(all.falseAccepts()).isEqualTo(new Share(4, 5));
        assertThat(CURVE.atFalseAcceptRate(1).threshold()).isEqualTo(-1);
    }

    @Test
    void pointsAreThoseOfTheSlowCountAndRise() {
        Random random = new Random(3);
        float[] wanted = new float[500];
        float[] unwanted = new float[2000];
        for (int i = 0; i < unwanted.length; i++) {
            unwanted[i] = (float) (random.nextGaussian() * 0.1);
            wanted[i % wanted.length] = (float) (0.4 + random.nextGaussian() * 0.15);
        }

        RocCurve curve = RocCurve.of(wanted, unwanted);

        double last = -1;
        assertThat(curve.points(40)).hasSizeBetween(20, 40);
        for (RocCurve.Point point : curve.points(40)) {
            assertThat(point.falseAccepts().count()).isEqualTo(slowCount(unwanted, point.threshold()));
            assertThat(point.trueAccepts().count()).isEqualTo(slowCount(wanted, point.threshold()));
            assertThat(point.falseAccepts().rate()).isGreaterThan(last);
            last = point.falseAccepts().rate();
        }
        assertThat(curve.points(40).get(0).falseAccepts().count()).isZero();
    }

    private static long slowCount(float[] scores, float threshold) {
        long count = 0;
        for (float score : scores) {
            count += score >= threshold ? 1 : 0;
        }
        return count;
    }
}
