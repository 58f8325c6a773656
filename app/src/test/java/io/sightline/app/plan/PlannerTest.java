package io.sightline.app.plan;

import static io.sightline.app.plan.PlanFixtures.costs;
import static io.sightline.app.plan.PlanFixtures.demand;
import static io.sightline.app.plan.PlanFixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.app.plan.FleetPlan.Stage;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    @Test
    void coresAreFramesTimesCostTimesHeadroom() {
        FleetPlan plan = Planner.plan(demand(100, 5), costs(row()));

        assertThat(plan.stages()).extracting(Stage::name).containsExactly("ingest", "detect", "embed", "match");
        // 500 frames/s × 10 ms × 1.5
        assertThat(stage(plan, "detect").cores()).isCloseTo(7.5, within(1e-9));
        assertThat(stage(plan, "detect").threads()).isEqualTo(8);
        assertThat(stage(plan, "detect").pods()).isEqualTo(4);
        assertThat(stage(plan, "embed").threads()).isEqualTo(2);
        assertThat(stage(plan, "match").threads()).isEqualTo(1);
        assertThat(stage(plan, "ingest").cores()).isCloseTo(3, within(1e-9));
    }

    @Test
    void partitionsLetEveryThreadWorkAndTheFullestFitsOneThread() {
        FleetPlan plan = Planner.plan(demand(100, 5), costs(row()));

        // twice detect's 8 threads
        assertThat(plan.partitions()).isEqualTo(16);
        // 5 fps × 10 ms = 0.05 of a thread a camera
        assertThat(Planner.fullest(100, 16) * 0.05).isLessThanOrEqualTo(0.8);
    }

    @Test
    void fewCamerasOfHighRateTakeMorePartitionsThanThreads() {
        // a camera takes 0.3 of a thread, so a partition holds two
        FleetPlan plan = Planner.plan(demand(20, 30), costs(row()));

        assertThat(stage(plan, "detect").threads()).isEqualTo(9);
        assertThat(plan.partitions()).isGreaterThan(18);
        assertThat(Planner.fullest(20, plan.partitions()) * 0.3).isLessThanOrEqualTo(0.8);
    }

    @Test
    void cameraThatFillsAThreadIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Planner.plan(demand(2, 90), costs(row())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.90 of a core")
                .hasMessageContaining("take fewer frames a second");
    }

    @Test
    void fleetBeyondAThousandPartitionsIsRefused() {
        assertThatThrownBy(() -> Planner.plan(demand(100_000, 25), costs(row())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("split the cameras");
    }

    /** The rule of thumb against cameras that are thrown: it is kept in nearly all throws. */
    @ParameterizedTest
    @CsvSource({"100, 16", "500, 64", "1000, 24", "2000, 200"})
    void fullestPartitionIsSeldomFullerThanReckoned(int cameras, int partitions) {
        Random random = new Random(20260101);
        int throwsWithin = 0;
        double mean = 0;
        for (int i = 0; i < 1_000; i++) {
            int[] bins = new int[partitions];
            int fullest = 0;
            for (int camera = 0; camera < cameras; camera++) {
                fullest = Math.max(fullest, ++bins[random.nextInt(partitions)]);
            }
            mean += fullest / 1_000.0;
            throwsWithin += fullest <= Math.ceil(Planner.fullest(cameras, partitions)) ? 1 : 0;
        }

        assertThat(throwsWithin).isGreaterThan(750);
        assertThat(Planner.fullest(cameras, partitions)).isBetween(mean * 0.95, mean * 1.25);
    }

    @Test
    void diskIsRateTimesRetentionTimesReplicas() {
        FleetPlan plan = Planner.plan(demand(100, 5), costs(row()));

        // 500/s × 100 000 bytes × 600 s × 1.2 × 3
        assertThat(plan.brokers().disk().get("frames")).isCloseTo(108e9, within(1e3));
        // identities: 7 days
        assertThat(plan.brokers().disk().get("identities")).isCloseTo(500.0 * 500 * 604_800 * 1.2 * 3, within(1e6));
        // compacted: by cameras, not by frames
        assertThat(plan.brokers().disk().get("settled")).isCloseTo(100 * 262_144.0 * 3, within(1.0));
    }

    @Test
    void everyRecordIsWrittenOnceReadOnceAndCopiedToTheOtherReplicas() {
        FleetPlan.Brokers brokers = Planner.plan(demand(100, 5), costs(row())).brokers();

        assertThat(brokers.in()).isCloseTo(500 * 112_520.0, within(1.0));
        assertThat(brokers.out()).isCloseTo(brokers.in(), within(1.0));
        assertThat(brokers.between()).isCloseTo(2 * brokers.in(), within(1.0));
        assertThat(brokers.perCamera()).isCloseTo(500_000, within(1.0));
        // 500 × 3 ms × 1.5
        assertThat(brokers.cores()).isCloseTo(2.25, within(1e-9));
        assertThat(brokers.count()).isEqualTo(3);
    }

    @Test
    void whatIsWrittenForACameraNowAndThenDoesNotGrowWithItsFrames() {
        double atFive = Planner.plan(demand(100, 5), costs(row())).brokers().in() - 500 * 112_500.0;
        double atTen = Planner.plan(demand(100, 10), costs(row())).brokers().in() - 1_000 * 112_500.0;

        // settled: 20 bytes a frame at 5 fps, 100 cameras
        assertThat(atFive).isCloseTo(10_000, within(1.0));
        assertThat(atTen).isCloseTo(atFive, within(1.0));
    }

    @Test
    void brokersAreNeverFewerThanReplicas() {
        assertThat(Planner.plan(demand(1, 1), costs(row())).brokers().count()).isEqualTo(3);
    }

    @Test
    void facesScaleWhatDependsOnThem() {
        Demand crowd = new Demand(100, 5, 1000, 4, 3, 1_000, 1.5, OptionalDouble.empty());

        FleetPlan plan = Planner.plan(crowd, costs(row()));

        assertThat(stage(plan, "embed").cpuMillis()).isCloseTo(8, within(1e-9));
        assertThat(stage(plan, "match").cpuMillis()).isCloseTo(4, within(1e-9));
        assertThat(stage(plan, "detect").cpuMillis()).isCloseTo(10, within(1e-9));
        assertThat(plan.brokers().in()).isCloseTo(500 * (100_020.0 + 4 * 12_500), within(1.0));
    }

    @Test
    void withoutFacesAStageStillHasAWorker() {
        FleetPlan plan = Planner.plan(new Demand(10, 5, 1000, 0, 3, 0, 1.5, OptionalDouble.empty()), costs(row()));

        assertThat(stage(plan, "embed").threads()).isEqualTo(1);
        assertThat(stage(plan, "match").cpuMillis()).isCloseTo(1, within(1e-9));
    }

    @Test
    void gpusAreByTheirFacesASecondAndTheRestIsSaidToBeAssumed() {
        FleetPlan plan = Planner.plan(new Demand(100, 5, 1000, 2, 3, 0, 1.5, OptionalDouble.of(1_000)), costs(row()));

        assertThat(plan.gpus()).isEqualTo(2);
        assertThat(plan.remarks()).anySatisfy(remark -> assertThat(remark).contains("assumed, not measured"));
        assertThat(Planner.plan(demand(100, 5), costs(row())).gpus()).isZero();
    }

    @Test
    void galleryIsHeldInMemoryByItsTemplates() {
        double few = Planner.plan(new Demand(1, 1, 1000, 1, 3, 0, 1.5, OptionalDouble.empty()), costs(row()))
                .redisBytes();
        double many = Planner.plan(new Demand(1, 1, 1000, 1, 3, 10_000, 1.5, OptionalDouble.empty()), costs(row()))
                .redisBytes();

        assertThat(many - few).isCloseTo(10_000 * 5 * 2_800.0, within(1.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0      | 5    | 1280 | 1   | 3 | 1000 | 1.5 | --cameras is 0: give 1 to 100000 cameras
                    -3     | 5    | 1280 | 1   | 3 | 1000 | 1.5 | --cameras is -3
                    10     | 0    | 1280 | 1   | 3 | 1000 | 1.5 | --fps is 0: give more than 0 to 120 frames a second
                    10     | -1   | 1280 | 1   | 3 | 1000 | 1.5 | --fps is -1
                    10     | NaN  | 1280 | 1   | 3 | 1000 | 1.5 | --fps is NaN
                    10     | 5    | 8    | 1   | 3 | 1000 | 1.5 | --width is 8: give 160 to 7680 pixels
                    10     | 5    | 99999| 1   | 3 | 1000 | 1.5 | --width is 99999
                    10     | 5    | 1280 | -1  | 3 | 1000 | 1.5 | --faces is -1
                    10     | 5    | 1280 | 1   | 0 | 1000 | 1.5 | --replicas is 0
                    10     | 5    | 1280 | 1   | 3 | -1   | 1.5 | --people is -1
                    10     | 5    | 1280 | 1   | 3 | 1000 | 0.5 | --headroom is 0.5: give 1 to 10
                    """)
    void demandThatCannotBeIsRefusedWithItsOption(
            int cameras, double fps, int width, double faces, int replicas, int people, double headroom, String says) {
        assertThatThrownBy(() ->
                        new Demand(cameras, fps, width, faces, replicas, people, headroom, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    private static Stage stage(FleetPlan plan, String name) {
        return plan.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
