package io.sightline.runtime.ops;

import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an {@link OpsServer} shows.
 *
 * @param metrics the text of {@code /metrics} in the content type that it is given: Prometheus' or that of OpenMetrics
 * @param health each part's health by name, asked at each request
 * @param info what {@code /info} tells: role, version, models; text, numbers, lists and maps; without secrets
 */
public record OpsSpec(
        OpsSettings settings,
        UnaryOperator<String> metrics,
        Supplier<Map<String, Health>> health,
        Supplier<Map<String, Object>> info) {}
