package io.sightline.contracts.ops;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A record of the topic {@code audit}, keyed by person id: who did what to the gallery.
 *
 * @param action {@code enrolled}, {@code removed} or {@code searched}
 * @param actor the operating-system user or service that asked
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AuditEvent(String personId, String action, String actor, String detail, long atUs) {}
