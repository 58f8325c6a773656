package io.sightline.match.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.contracts.face.Embedding;
import io.sightline.match.RedisProcess;
import io.sightline.match.Vectors;
import io.sightline.runtime.settings.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class GalleryStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");
    private static final String MODEL = "test-embedder";

    @TempDir
    static Path folder;

    private static RedisProcess redis;
    private static GalleryStore store;
    private static RedisClient look;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start(folder);
        store = GalleryStore.open(redis.settings());
        look = redis.client();
    }

    @AfterAll
    static void stop() {
        look.close();
        store.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        look.flushAll();
    }

    @Test
    void anEnrolledPersonIsListedAndShownWithTemplates() {
        EnrolmentReceipt receipt = store.enrol(enrolment("Ada Lovelace", "photo-1", "photo-2"), NOON);

        assertThat(receipt.isNew()).isTrue();
        assertThat(receipt.added()).isEqualTo(2);
        assertThat(store.list()).singleElement().satisfies(person -> {
            assertThat(person.person()).isEqualTo(receipt.person());
            assertThat(person.enrolledAt()).isEqualTo(NOON);
            assertThat(person.templatesByModel()).isEqualTo(Map.of(MODEL, 2));
        });
        PersonDetail detail = store.show("ada lovelace").orElseThrow();
        assertThat(detail.templates())
                .extracting(PersonDetail.TemplateInfo::source)
                .containsExactly("photo-1", "photo-2");
        assertThat(detail.templates()).allMatch(one -> one.modelId().equals(MODEL) && one.dimension() == 64);
        assertThat(store.show(receipt.person().id())).contains(detail);
        assertThat(store.show("nobody")).isEmpty();
    }

    @Test
    void vectorsComeBackBitForBit() {
        Embedding vector = Vectors.random(new Random(3), 512);
        var receipt = store.enrol(new Enrolment("Ada", List.of(new Template(vector, 0.75, "photo")), MODEL), NOON);

        List<EnrolledPerson> loaded = store.load(List.of(receipt.person().id()));

        EnrolledPerson.Stored stored = loaded.get(0).templates().get(0);
        assertThat(stored.template().embedding()).isEqualTo(vector);
        assertThat(stored.template().quality()).isEqualTo(0.75);
        assertThat(stored.modelId()).isEqualTo(MODEL);
    }

    @Test
    void namesThatDifferInCaseSpacesOrCompositionAreOnePerson() {
        var first = store.enrol(enrolment("José Müller", "photo-1"), NOON);

        var second = store.enrol(enrolment("  JOSE\u0301  mu\u0308ller ", "photo-2"), NOON);

        assertThat(second.isNew()).isFalse();
        assertThat(second.person()).isEqualTo(first.person());
        assertThat(second.person().name()).isEqualTo("José Müller");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void oddNamesAreKeptAsGiven() {
        List<String> names = List.of("Zoë & Co", "李小龍", "🦊 fox", "O'Brien/../x", "{curly}:colon", "straße");

        names.forEach(name -> store.enrol(enrolment(name, "photo"), NOON));

        assertThat(store.list().stream().map(one -> one.person().name())).containsExactlyInAnyOrderElementsOf(names);
        assertThat(store.show("STRASSE").orElseThrow().summary().person().name())
                .isEqualTo("straße");
    }

    @Test
    void namesNobodyCanHaveAreRefusedWithASentence() {
        assertThatThrownBy(() -> enrolment(" \t ", "p")).hasMessageContaining("blank");
        assertThatThrownBy(() -> enrolment("a\u0007b", "p")).hasMessageContaining("control character");
        assertThatThrownBy(() -> enrolment("x".repeat(201), "p")).hasMessageContaining("201 characters");
    }

    @Test
    void importingAgainAddsNothingTwiceAndTellsNobody() {
        store.enrol(enrolment("Ada", "photo-1", "photo-2"), NOON);
        long changes = look.xlen(keys().changes());

        EnrolmentReceipt again = store.enrol(enrolment("Ada", "photo-2", "photo-1"), NOON.plusSeconds(60));

        assertThat(again.added()).isZero();
        assertThat(again.known()).isEqualTo(2);
        assertThat(look.xlen(keys().changes())).isEqualTo(changes);
    }

    @Test
    void oneSourceIsKeptOncePerModel() {
        store.enrol(enrolment("Ada", "photo-1"), NOON);
        store.enrol(new Enrolment("Ada", List.of(template("photo-1")), "next-embedder"), NOON);

        assertThat(store.list().get(0).templatesByModel()).isEqualTo(Map.of(MODEL, 1, "next-embedder", 1));
    }

    @Test
    void aRemovedPersonLeavesNothingBehindAndTheIdIsNotReused() {
        String id = store.enrol(enrolment("Ada", "photo-1", "photo-2"), NOON)
                .person()
                .id();
        look.set(keys().picture("s1"), "jpeg");
        look.sadd(keys().picturesOf(id), "s1", "expired-already");

        RemovalReceipt receipt = store.remove("ADA").orElseThrow();

        assertThat(receipt.templates()).isEqualTo(2);
        assertThat(receipt.pictures()).isEqualTo(1);
        assertThat(look.keys("*")).containsExactlyInAnyOrder(keys().changes(), keys().revision());
        assertThat(store.remove("Ada")).isEmpty();
        assertThat(store.remove(id)).isEmpty();
        assertThat(store.enrol(enrolment("Ada", "photo-1"), NOON).person().id()).isNotEqualTo(id);
    }

    @Test
    void everyChangeStandsOnTheStreamWithTheNextRevision() {
        String id = store.enrol(enrolment("Ada", "photo-1"), NOON).person().id();
        store.enrol(enrolment("Ada", "photo-2"), NOON);
        store.remove("Ada");

        assertThat(look.xrange(keys().changes(), "-", "+"))
                .extracting(entry -> entry.getFields())
                .containsExactly(
                        Map.of("revision", "1", "kind", "enrolled", "person", id),
                        Map.of("revision", "2", "kind", "enrolled", "person", id),
                        Map.of("revision", "3", "kind", "removed", "person", id));
    }

    @Test
    void aDamagedTemplateIsLeftOutAndTheOthersServe() {
        String id = store.enrol(enrolment("Ada", "photo-1", "photo-2"), NOON)
                .person()
                .id();
        String field = TemplateForm.field(MODEL, "photo-1");
        look.hset(keys().person(id), field, "cut");

        assertThat(store.load(List.of(id)).get(0).templates()).hasSize(1);
    }

    @Test
    void twoThousandPersonsAreListed() {
        IntStream.range(0, 2_001).forEach(i -> store.enrol(enrolment("Person " + i, "photo"), NOON));

        assertThat(store.list()).hasSize(2_001);
    }

    @Test
    void aFullRedisRefusesWholeAndSaysWhatToDo() {
        store.enrol(enrolment("Ada", "photo-1"), NOON);
        look.configSet("maxmemory-policy", "noeviction");
        look.configSet("maxmemory", "1");
        try {
            assertThatThrownBy(() -> store.enrol(enrolment("Ben", "photo-1"), NOON))
                    .isInstanceOf(GalleryException.class)
                    .hasMessageContaining("enrolling 'Ben'")
                    .hasMessageContaining("is full")
                    .hasMessageContaining("raise maxmemory");
            assertThat(store.list()).hasSize(1);
        } finally {
            look.configSet("maxmemory", "0");
        }
        assertThat(store.list()).hasSize(1);
        assertThat(store.enrol(enrolment("Ben", "photo-1"), NOON).isNew()).isTrue();
    }

    @Test
    void anAbsentRedisIsNamedWithItsAddress() {
        int port = RedisProcess.freePort();
        try (GalleryStore nowhere = GalleryStore.open(RedisSettings.at("redis://127.0.0.1:" + port))) {
            assertThatThrownBy(nowhere::check)
                    .isInstanceOf(GalleryException.class)
                    .hasMessageContaining("no Redis answers at redis://127.0.0.1:" + port)
                    .hasMessageContaining("start it");
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutThePassword(@TempDir Path guardedFolder) {
        try (RedisProcess guarded = RedisProcess.start(guardedFolder, "--requirepass", "right")) {
            RedisSettings wrong = guarded.settings();
            RedisSettings settings = new RedisSettings(
                    wrong.url(),
                    Optional.empty(),
                    Optional.of(Secret.of("canary-wr0ng")),
                    wrong.namespace(),
                    wrong.connectTimeout(),
                    wrong.readTimeout());
            try (GalleryStore refused = GalleryStore.open(settings)) {
                assertThatThrownBy(refused::check)
                        .isInstanceOf(GalleryException.class)
                        .hasMessageContaining("refuses us: check redis.user and redis.password")
                        .hasMessageNotContaining("canary");
            }
            assertThat(settings.toString()).doesNotContain("canary");
        }
    }

    private static Enrolment enrolment(String name, String... sources) {
        return new Enrolment(
                name,
                java.util.Arrays.stream(sources).map(GalleryStoreTest::template).toList(),
                MODEL);
    }

    private static Template template(String source) {
        return new Template(Vectors.random(new Random(source.hashCode()), Vectors.DIMENSION), 0.9, source);
    }

    private static GalleryKeys keys() {
        return new GalleryKeys("sightline");
    }
}
