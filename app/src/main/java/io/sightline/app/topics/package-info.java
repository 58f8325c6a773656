/**
 * The topics on a broker: made and checked before any stage starts, for Kafka Streams does not say that a sink topic is missing
 * or that two topics have unlike partitions. In: a {@link io.sightline.app.topics.TopicPlan}; out: what was made, or a sentence per
 * problem. No threads of its own; what cannot be asked or made throws {@link io.sightline.app.topics.TopicAdminException}.
 */
@NullMarked
package io.sightline.app.topics;

import org.jspecify.annotations.NullMarked;
