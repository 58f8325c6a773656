package io.sightline.app.topics;

/**
 * One thing that is not as planned.
 *
 * @param topic full name, or {@code broker} for what concerns all
 * @param sentence what is, what should be, and what to do
 */
public record TopicProblem(String topic, Kind kind, String sentence) {
    /** What is unlike the plan. */
    public enum Kind {
        MISSING,
        PARTITIONS,
        REPLICAS,
        SETTING,
        BROKER
    }
}
