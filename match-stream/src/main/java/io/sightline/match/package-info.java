/**
 * Vectors to names. In comes {@code embeddings}; out go {@code identities} (each frame settled once, a decision for each face),
 * {@code sightings} (visits: opened, updated, closed), {@code settled} (ingest's credit), {@code ledger} (the account of every frame) and
 * {@code dead-letters}. {@link io.sightline.match.MatchStage} builds the topology; the gallery it searches and the store of pictures are
 * given to it. Its threads are Kafka Streams' own, {@code match-gallery} and {@code match-pictures}; what cannot be read or decided
 * becomes a dead letter and, where its frame is known, a rejected frame.
 */
@NullMarked
package io.sightline.match;

import org.jspecify.annotations.NullMarked;
