package io.sightline.contracts.ledger;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A record of the topic {@code settled}: ingest's credit. All frames of the epoch up to {@code lastSeq} are decided.
 *
 * @param latencyMs decision time minus receipt of the frame {@code lastSeq}, milliseconds
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Settled(String camera, long epoch, long lastSeq, double latencyMs, long atUs) {}
