package io.sightline.app.pipeline;

import io.sightline.app.enrol.EnrolSettings;
import io.sightline.detect.DetectSettings;
import io.sightline.embed.EmbedSettings;
import io.sightline.ingest.IngestSettings;
import io.sightline.match.MatchSettings;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.ops.OpsSettings;
import io.sightline.runtime.settings.Section;
import io.sightline.runtime.settings.Settings;
import io.sightline.runtime.trace.TracingSettings;
import java.util.Optional;

/**
 * All settings of a process, one record per concern.
 *
 * @param redis empty: the all-in-one embeds a Redis
 */
public record SightlineSettings(
        KafkaSettings kafka,
        Optional<RedisSettings> redis,
        ModelSettings models,
        WorkerSettings workers,
        IngestSettings ingest,
        DetectSettings detect,
        EmbedSettings embed,
        MatchSettings match,
        EnrolSettings enrol,
        OpsSettings ops,
        TracingSettings tracing) {

    /** Reads every section; throws {@link io.sightline.runtime.settings.SettingsException} with all mistakes at once. */
    public static SightlineSettings read(Settings settings) {
        Section redis = settings.section("redis");
        RedisSettings redisSettings = RedisSettings.read(redis);
        SightlineSettings read = new SightlineSettings(
                KafkaSettings.read(settings.section("kafka")),
                redis.optionalText("url").isPresent() ? Optional.of(redisSettings) : Optional.empty(),
                ModelSettings.read(settings.section("models")),
                WorkerSettings.read(settings.section("workers")),
                IngestSettings.read(settings.section("ingest")),
                DetectSettings.read(settings.section("detect")),
                EmbedSettings.read(settings.section("embed")),
                MatchSettings.read(settings.section("match")),
                EnrolSettings.read(settings.section("enrol")),
                OpsSettings.read(settings.section("ops")),
                TracingSettings.read(settings.section("tracing")));
        settings.finish();
        return read;
    }
}
