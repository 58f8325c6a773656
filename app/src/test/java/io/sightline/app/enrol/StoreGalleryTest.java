package io.sightline.app.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.app.embedded.EmbeddedRedis;
import io.sightline.app.embedded.RedisSpec;
import io.sightline.match.gallery.GalleryException;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.RedisSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreGalleryTest extends EnrolGalleryContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String MODEL = "model-a";

    private final AtomicInteger namespaces = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // started before all tests
    private EmbeddedRedis redis;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisSettings settings;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private GalleryStore store;

    @BeforeAll
    void startRedis(@TempDir Path folder) {
        redis = EmbeddedRedis.start(RedisSpec.in(folder.resolve("data"), folder.resolve("cache")));
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void openStore() {
        settings = new RedisSettings(
                redis.url(),
                Optional.empty(),
                Optional.of(redis.password()),
                "test-" + namespaces.incrementAndGet(),
                TIMEOUT,
                TIMEOUT);
        store = GalleryStore.open(settings);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    EnrolGallery gallery() {
        try {
            return StoreGallery.open(store, settings, Clock.systemUTC());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWasEnrolledInAnEarlierImportIsSearchedToo() {
        gallery().enrol("Bob", MODEL, List.of(template("b", 1, 0)));

        EnrolGallery later = gallery();

        assertThat(later.sources("Bob", MODEL)).containsExactly("b");
        assertThat(later.mostSimilarOther("Anna", MODEL, vector(1, 0))
                        .orElseThrow()
                        .person()
                        .name())
                .isEqualTo("Bob");
        assertThat(later.mostSimilarOther("BOB", MODEL, vector(1, 0))).isEmpty();
    }

    @Test
    void templatesOfAnotherModelAreNeitherKnownNorCompared() {
        gallery().enrol("Bob", "model-b", List.of(template("b", 1, 0)));

        EnrolGallery later = gallery();

        assertThat(later.sources("Bob", MODEL)).isEmpty();
        assertThat(later.mostSimilarOther("Anna", MODEL, vector(1, 0))).isEmpty();
    }

    @Test
    void redisThatIsAwayIsSaidBeforeAnyPhotoIsLookedAt() {
        RedisSettings nowhere = RedisSettings.at("redis://127.0.0.1:1");

        try (GalleryStore away = GalleryStore.open(nowhere)) {
            assertThatThrownBy(() -> StoreGallery.open(away, nowhere, Clock.systemUTC()))
                    .isInstanceOf(GalleryException.class);
        }
    }
}
