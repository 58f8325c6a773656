package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.DEAD_LETTERS;
import static io.sightline.runtime.metrics.SightlineMeter.SEND_FAILURES;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_LAG;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_LAG_RECORDS;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_PARTITIONS;
import static io.sightline.runtime.metrics.SightlineMeter.STAGE_RECORDS;

import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.tests.boards.Board.Row;
import java.util.List;

/** How far behind, how evenly shared, how fast the broker answers. */
final class KafkaBoard {
    /** Kafka stops saying what nobody did for a while: not a number then. */
    private static final String NUMBERS = " >= 0";

    /** Kafka counts each topic twice, once with its dots written as underscores, which no topic of ours has. */
    private static final String OTHER_SPELLING = ".*_.*";

    private KafkaBoard() {}

    static Board board() {
        return new Board(
                40,
                "kafka",
                "Kafka and lag",
                "How far each stage is behind its topic, in seconds and records; how partitions are shared; how the broker answers.",
                30,
                List.of(Board.Variable.STAGE, Board.Variable.INSTANCE),
                List.of(lag(), sharing(), broker(), lost()));
    }

    private static Row lag() {
        return Row.of(
                "Lag",
                8,
                Panel.lines(
                                "Lag",
                                "How far an instance is behind its topic, in the partition that is furthest. At 1 s frames"
                                        + " are shed.",
                                Unit.SECONDS)
                        .query(of(STAGE_LAG).max("stage", "instance"), "{{stage}} {{instance}}")
                        .limits(FleetBoard.LAG)
                        .runbook("StageBehind")
                        .wide(12),
                Panel.lines("Lag in records", "Records that wait in the topic.", Unit.COUNT)
                        .query(of(STAGE_LAG_RECORDS).sum("stage", "instance"), "{{stage}} {{instance}}")
                        .runbook("StageBehind")
                        .wide(12));
    }

    private static Row sharing() {
        return Row.of(
                "Sharing",
                8,
                Panel.lines("Partitions", "How many partitions each instance works on.", Unit.COUNT)
                        .query(of(STAGE_PARTITIONS).sum("stage", "instance"), "{{stage}} {{instance}}")
                        .runbook("RoleNotReady"),
                Panel.lines(
                                "Rebalances",
                                "In the last five minutes; each lets the whole stage stand still for a moment.",
                                Unit.COUNT)
                        .query(over(ForeignMeter.KAFKA_REBALANCES, "5m"), "rebalances")
                        .query(over(ForeignMeter.KAFKA_FAILED_REBALANCES, "5m"), "that failed")
                        .runbook("StageBehind"),
                Panel.lines("Records read", "By Kafka's own count, and by consumer.", Unit.RECORDS_PER_SECOND)
                        .query(
                                Series.of(ForeignMeter.KAFKA_CONSUMED)
                                        .whereNot("topic", OTHER_SPELLING)
                                        .rate("client_id"),
                                "{{client_id}}"),
                Panel.lines(
                                "Furthest partition, by Kafka's count",
                                "Records by which a consumer is behind, as its client has it.",
                                Unit.COUNT)
                        .query(Series.of(ForeignMeter.KAFKA_LAG).max("client_id") + NUMBERS, "{{client_id}}")
                        .runbook("StageBehind"),
                Panel.lines(
                                "Time spent processing",
                                "Share of a stream thread's time that goes into records; near 1 it can do no more.",
                                Unit.SHARE)
                        .query(Series.of(ForeignMeter.KAFKA_PROCESS_RATIO).mean("thread_id") + NUMBERS, "{{thread_id}}")
                        .limits(Limits.above(0.8, 0.95))
                        .runbook("StageBehind"),
                Panel.lines(
                                "Processing and committing",
                                "Mean by stream thread, as Kafka Streams has it.",
                                Unit.MILLISECONDS)
                        .query(
                                Series.of(ForeignMeter.KAFKA_PROCESS_LATENCY).mean("thread_id") + NUMBERS,
                                "process {{thread_id}}")
                        .query(
                                Series.of(ForeignMeter.KAFKA_COMMIT_LATENCY).mean("thread_id") + NUMBERS,
                                "commit {{thread_id}}"));
    }

    private static Row broker() {
        return Row.of(
                "Broker",
                8,
                Panel.lines("Request latency", "Mean until the broker answers a producer.", Unit.MILLISECONDS)
                        .query(
                                Series.of(ForeignMeter.KAFKA_REQUEST_LATENCY).mean("client_id") + NUMBERS,
                                "{{client_id}}")
                        .limits(Limits.above(50, 200))
                        .runbook("SendFailures"),
                Panel.lines("Sent", "Records a second, by producer.", Unit.RECORDS_PER_SECOND)
                        .query(Series.of(ForeignMeter.KAFKA_SENT).rate("client_id"), "{{client_id}}"),
                Panel.lines("Sends that failed", "Errors and retries of producers.", Unit.PER_SECOND)
                        .query(Series.of(ForeignMeter.KAFKA_SEND_ERRORS).rate(), "errors")
                        .query(Series.of(ForeignMeter.KAFKA_SEND_RETRIES).rate(), "retries")
                        .limits(Limits.never(1))
                        .runbook("SendFailures"));
    }

    private static Row lost() {
        return Row.of(
                "Set aside and given up",
                8,
                Panel.lines(
                                "Dead letters",
                                "Records set aside because they cannot be used, since the role's start.",
                                Unit.COUNT)
                        .query(
                                of(DEAD_LETTERS).sum("stage", "reason") + " or on (stage) 0 * "
                                        + of(STAGE_RECORDS).sum("stage"),
                                "{{stage}} {{reason}}")
                        .limits(Limits.never(1))
                        .runbook("DeadLetters")
                        .wide(12),
                Panel.lines("Given up by producers", "Since the role's start.", Unit.COUNT)
                        .query(of(SEND_FAILURES).sum("stage", "cause"), "{{stage}}: {{cause}}")
                        .limits(Limits.never(1))
                        .runbook("SendFailures")
                        .wide(12));
    }

    private static String over(ForeignMeter meter, String range) {
        return Series.of(meter).increase(range);
    }

    private static Series of(SightlineMeter meter) {
        return Series.of(meter).where("stage", "$stage");
    }
}
