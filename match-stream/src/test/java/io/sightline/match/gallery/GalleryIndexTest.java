package io.sightline.match.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.match.RedisProcess;
import io.sightline.match.Vectors;
import io.sightline.match.Waiting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class GalleryIndexTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MODEL = "test-embedder";

    @TempDir
    Path folder;

    private RedisProcess redis;
    private GalleryStore store;

    @BeforeEach
    void start() {
        redis = RedisProcess.start(folder, "--appendonly", "yes", "--appendfsync", "always");
        store = GalleryStore.open(redis.settings());
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void loadsWhatIsThereAndFollowsWhatChanges() throws InterruptedException {
        String ada = enrol("Ada", 0);
        try (GalleryIndex index = index()) {
            assertThat(index.awaitLoaded(LIMIT)).isTrue();
            assertThat(index.get().person(ada)).isPresent();
            assertThat(index.health().state()).isEqualTo(GalleryHealth.State.IN_STEP);
            assertThat(index.health().detail()).isEqualTo("1 persons, 1 templates");

            String ben = enrol("Ben", 1);
            await("Ben is known", () -> index.get().holds(ben));
            assertThat(index.get()
                            .search(MODEL, Vectors.axis(1))
                            .best()
                            .orElseThrow()
                            .person()
                            .id())
                    .isEqualTo(ben);
            store.remove("Ada");
            await("Ada is gone", () -> !index.get().holds(ada));
            assertThat(index.get().search(MODEL, Vectors.axis(0)).similarity()).isLessThan(0.1);
        }
    }

    @Test
    void anEmptyGalleryIsLoadedToo() throws InterruptedException {
        try (GalleryIndex index = index()) {
            assertThat(index.awaitLoaded(LIMIT)).isTrue();
            assertThat(index.get().persons()).isZero();

            enrol("Ada", 0);

            await("Ada is known", () -> index.get().persons() == 1);
        }
    }

    @Test
    void followsThousandsOfChangesInBatches() throws InterruptedException {
        try (GalleryIndex index = index()) {
            index.awaitLoaded(LIMIT);

            IntStream.range(0, 2_500).forEach(i -> enrol("Person " + i, i % 64));

            await("all are known", () -> index.get().persons() == 2_500);
            assertThat(index.get().templates()).isEqualTo(2_500);
        }
    }

    @Test
    void waitsForRedisSaysWhatForAndLoadsWhenItComes() throws InterruptedException {
        String ada = enrol("Ada", 0);
        redis.kill();
        try (GalleryIndex index = index()) {
            await("it says what it waits for", () -> index.health().detail().contains("no Redis answers at"));
            assertThat(index.health().state()).isEqualTo(GalleryHealth.State.WAITING);
            assertThat(index.awaitLoaded(Duration.ZERO)).isFalse();

            redis.startAgain();

            assertThat(index.awaitLoaded(LIMIT)).isTrue();
            assertThat(index.get().holds(ada)).isTrue();
        }
    }

    @Test
    void servesTheLastSnapshotWhileRedisIsAwayAndResumesAfterIt() throws InterruptedException {
        String ada = enrol("Ada", 0);
        try (GalleryIndex index = index()) {
            index.awaitLoaded(LIMIT);
            redis.kill();
            await("it notices", () -> index.health().state() == GalleryHealth.State.STALE);
            assertThat(index.get().holds(ada)).isTrue();

            redis.startAgain();
            String ben = enrol("Ben", 1);

            await("it resumes", () -> index.get().holds(ben));
            assertThat(index.get().holds(ada)).isTrue();
            assertThat(index.health().state()).isEqualTo(GalleryHealth.State.IN_STEP);
        }
    }

    @Test
    void aFlushedRedisEmptiesTheIndex() throws InterruptedException {
        enrol("Ada", 0);
        try (GalleryIndex index = index();
                RedisClient client = redis.client()) {
            index.awaitLoaded(LIMIT);

            client.flushAll();

            await("nobody is left", () -> index.get().persons() == 0);
        }
    }

    @Test
    void aRedisFlushedAndFilledBetweenTwoReadsLeavesNobodyOfBefore() throws InterruptedException {
        String ada = enrol("Ada", 0);
        enrol("Ben", 1);
        GalleryFollower follower = new GalleryFollower(
                RedisConnection.to(redis.settings(), "test"), io.sightline.match.search.DotProducts.fastest());
        assertThat(follower.load().persons()).isEqualTo(2);
        try (RedisClient client = redis.client()) {
            client.flushAll();
        }
        String cleo = enrol("Cleo", 2);

        GallerySnapshot after = follower.follow().orElseThrow();

        assertThat(after.holds(ada)).isFalse();
        assertThat(after.holds(cleo)).isTrue();
        assertThat(after.persons()).isEqualTo(1);
    }

    @Test
    void aStreamTrimmedPastTheFollowerIsReadAnew() {
        enrol("Ada", 0);
        GalleryFollower follower = new GalleryFollower(
                RedisConnection.to(redis.settings(), "test"), io.sightline.match.search.DotProducts.fastest());
        follower.load();
        store.remove("Ada");
        enrol("Ben", 1);
        String cleo = enrol("Cleo", 2);
        try (RedisClient client = redis.client()) {
            client.xtrim(new GalleryKeys("sightline").changes(), 1, false);
        }

        GallerySnapshot after = follower.follow().orElseThrow();

        assertThat(after.persons()).isEqualTo(2);
        assertThat(after.holds(cleo)).isTrue();
    }

    @Test
    void templatesOfOtherModelsAreCountedAndNotCompared() throws InterruptedException {
        enrol("Ada", 0);
        store.enrol(
                new Enrolment("Ada", List.of(new Template(Vectors.axis(5), 0.9, "photo")), "next-embedder"),
                Instant.EPOCH);
        try (GalleryIndex index = index()) {
            index.awaitLoaded(LIMIT);

            assertThat(index.get().incomparable(MODEL)).isEqualTo(1);
            assertThat(index.get().search(MODEL, Vectors.axis(5)).similarity()).isLessThan(0.1);
        }
    }

    @Test
    void closingEndsItsThread() throws InterruptedException {
        GalleryIndex index = index();
        index.awaitLoaded(LIMIT);

        index.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("match-gallery"));
    }

    private GalleryIndex index() {
        return GalleryIndex.start(redis.settings(), Clock.systemUTC());
    }

    private String enrol(String name, int axis) {
        Template template = new Template(Vectors.axis(axis), 0.9, "photo of " + name);
        return store.enrol(new Enrolment(name, List.of(template), MODEL), Instant.EPOCH)
                .person()
                .id();
    }

    private static void await(String what, BooleanSupplier condition) {
        Waiting.until(what, LIMIT, condition);
    }
}
