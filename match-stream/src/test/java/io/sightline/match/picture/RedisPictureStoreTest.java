package io.sightline.match.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.match.RedisProcess;
import io.sightline.match.Vectors;
import io.sightline.match.Waiting;
import io.sightline.match.gallery.Enrolment;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.match.gallery.Template;
import io.sightline.runtime.metrics.SightlineMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisPictureStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PictureSettings SETTINGS = new PictureSettings(Duration.ofMinutes(5), 4);
    private static final Jpeg JPEG = Jpeg.adopt(new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 7});

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    @Test
    void aPictureIsKeptForAWhileAndGoesWithItsPerson() {
        try (RedisProcess redis = RedisProcess.start(folder);
                GalleryStore gallery = GalleryStore.open(redis.settings());
                RedisClient look = redis.client();
                RedisPictureStore pictures = RedisPictureStore.start(redis.settings(), SETTINGS, registry)) {
            String ada = enrol(gallery);

            assertThat(pictures.offer(new SightingPicture("s1", Optional.of(ada), JPEG)))
                    .isTrue();
            assertThat(pictures.offer(new SightingPicture("s2", Optional.empty(), JPEG)))
                    .isTrue();
            Waiting.until(
                    "both are written",
                    LIMIT,
                    () -> pictures.read("s1").isPresent() && pictures.read("s2").isPresent());

            assertThat(pictures.read("s1").orElseThrow()).isEqualTo(JPEG.bytes());
            assertThat(look.pttl("{sightline}:picture:s1")).isBetween(1L, 300_000L);
            assertThat(gallery.show(ada).orElseThrow().pictures()).isEqualTo(1);
            assertThat(gallery.remove(ada).orElseThrow().pictures()).isEqualTo(1);
            assertThat(pictures.read("s1")).isEmpty();
            assertThat(pictures.read("s2")).isPresent();
        }
    }

    @Test
    void nothingIsWrittenOfAPersonWhoWasRemoved() {
        try (RedisProcess redis = RedisProcess.start(folder);
                GalleryStore gallery = GalleryStore.open(redis.settings());
                RedisClient look = redis.client();
                RedisPictureStore pictures = RedisPictureStore.start(redis.settings(), SETTINGS, registry)) {
            String ada = enrol(gallery);
            gallery.remove(ada);

            pictures.offer(new SightingPicture("late", Optional.of(ada), JPEG));
            pictures.offer(new SightingPicture("after", Optional.empty(), JPEG));
            Waiting.until(
                    "the next one is written",
                    LIMIT,
                    () -> pictures.read("after").isPresent());

            assertThat(look.keys("*late*")).isEmpty();
            assertThat(look.keys("*" + ada + "*")).isEmpty();
        }
    }

    @Test
    void anAbsentRedisDropsAndCountsAndNeverBlocks() {
        RedisSettings nowhere = RedisSettings.at("redis://127.0.0.1:" + RedisProcess.freePort());
        RedisPictureStore pictures = RedisPictureStore.start(nowhere, SETTINGS, registry);

        for (int i = 0; i < 100; i++) {
            pictures.offer(new SightingPicture("s" + i, Optional.empty(), JPEG));
        }
        pictures.close();

        assertThat(dropped()).isEqualTo(100);
        assertThat(pictures.offer(new SightingPicture("closed", Optional.empty(), JPEG)))
                .isFalse();
    }

    @Test
    void writingResumesWhenRedisIsBack() {
        try (RedisProcess redis = RedisProcess.start(folder);
                RedisPictureStore pictures = RedisPictureStore.start(redis.settings(), SETTINGS, registry)) {
            redis.kill();
            pictures.offer(new SightingPicture("lost", Optional.empty(), JPEG));
            Waiting.until("it is dropped", LIMIT, () -> dropped() == 1);

            redis.startAgain();
            pictures.offer(new SightingPicture("kept", Optional.empty(), JPEG));

            Waiting.until("it is written", LIMIT, () -> pictures.read("kept").isPresent());
        }
    }

    private double dropped() {
        return registry.get(SightlineMeter.PICTURES_DROPPED.meterName())
                .counter()
                .count();
    }

    private static String enrol(GalleryStore gallery) {
        Template template = new Template(Vectors.axis(0), 0.9, "photo");
        return gallery.enrol(new Enrolment("Ada", List.of(template), "m"), Instant.EPOCH)
                .person()
                .id();
    }
}
