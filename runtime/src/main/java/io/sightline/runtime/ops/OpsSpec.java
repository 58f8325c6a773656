package io.sightline.runtime.ops;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What an {@link OpsServer} shows.
 *
 * @param metrics the text of {@code /metrics}, Prometheus' form
 * @param health each part's health by name, asked at each request
 * @param info what {@code /info} tells: role, version, models; text, numbers, lists and maps; without secrets
 */
public record OpsSpec(
        OpsSettings settings,
        Supplier<String> metrics,
        Supplier<Map<String, Health>> health,
        Supplier<Map<String, Object>> info) {}
