package io.sightline.match.gallery;

import static io.sightline.match.gallery.GalleryKeys.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sightline.contracts.identity.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/**
 * Persons and templates in Redis. Each change is atomic per person and stands on the stream of changes; a change that is repeated (a
 * killed import run again) changes nothing twice. All methods throw {@link GalleryException} when Redis is away, full or refuses.
 * Thread-safe.
 */
public final class GalleryStore implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final RedisConnection redis;

    private GalleryStore(RedisConnection redis) {
        this.redis = redis;
    }

    /** A store with connections of its own, which {@link #close()} closes. No I/O yet: see {@link #check()}. */
    public static GalleryStore open(RedisSettings settings) {
        return new GalleryStore(RedisConnection.to(settings, "sightline-gallery"));
    }

    /** Asks Redis for an answer, else throws. */
    public void check() {
        redis.call("asking Redis whether it is there", RedisClient::ping);
    }

    /** Enrols the person, or adds the templates whose source is new to the person of that name. */
    public EnrolmentReceipt enrol(Enrolment enrolment, Instant at) {
        GalleryKeys keys = redis.keys();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(utf8(keys.personPrefix()));
        arguments.add(utf8(PersonName.key(enrolment.name())));
        arguments.add(utf8(enrolment.name()));
        arguments.add(utf8(UUID.randomUUID().toString()));
        arguments.add(utf8(Long.toString(TemplateForm.micros(at))));
        for (Template template : enrolment.templates()) {
            arguments.add(utf8(TemplateForm.field(enrolment.modelId(), template.source())));
            arguments.add(TemplateForm.encode(template, at));
        }
        List<?> reply = redis.call("enrolling '" + enrolment.name() + "'", client ->
                (List<?>) client.eval(utf8(GalleryScripts.ENROL), changeKeys(), arguments));
        Person person = new Person(text(reply.get(0)), text(reply.get(1)));
        int added = Math.toIntExact(number(reply.get(3)));
        return new EnrolmentReceipt(
                person, number(reply.get(2)) == 1, added, enrolment.templates().size() - added);
    }

    /** All enrolled persons, by name. */
    public List<PersonSummary> list() {
        List<String> ids = List.copyOf(ids().values());
        List<PersonSummary> persons = new ArrayList<>();
        for (EnrolledPerson person : load(ids)) {
            persons.add(summary(person));
        }
        persons.sort(Comparator.comparing(
                        (PersonSummary one) -> PersonName.key(one.person().name()))
                .thenComparing(one -> one.person().id()));
        return persons;
    }

    /** The person of that id or name, in full; empty when nobody is called so. */
    public Optional<PersonDetail> show(String nameOrId) {
        return find(nameOrId).map(person -> {
            long pictures = redis.call(
                    "counting pictures",
                    client ->
                            client.scard(redis.keys().picturesOf(person.person().id())));
            List<PersonDetail.TemplateInfo> templates = person.templates().stream()
                    .map(stored -> new PersonDetail.TemplateInfo(
                            stored.template().source(),
                            stored.modelId(),
                            stored.template().quality(),
                            stored.template().embedding().dimension(),
                            stored.enrolledAt()))
                    .toList();
            return new PersonDetail(summary(person), templates, pictures);
        });
    }

    /** Erases the person of that id or name with templates and pictures; empty when nobody is called so. */
    public Optional<RemovalReceipt> remove(String nameOrId) {
        return find(nameOrId).map(found -> remove(found.person()));
    }

    /** The persons of those ids that are still enrolled, read in batches. */
    List<EnrolledPerson> load(List<String> ids) {
        return loadFrom(redis, ids);
    }

    static List<EnrolledPerson> loadFrom(RedisConnection redis, List<String> ids) {
        List<EnrolledPerson> persons = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            persons.addAll(redis.call("reading the gallery", client -> readBatch(client, redis.keys(), batch)));
        }
        return persons;
    }

    /** Person id by folded name. */
    static Map<String, String> idsFrom(RedisConnection redis) {
        return redis.call(
                "reading the gallery", client -> client.hgetAll(redis.keys().names()));
    }

    private static List<EnrolledPerson> readBatch(RedisClient client, GalleryKeys keys, List<String> ids) {
        Map<String, Response<Map<byte[], byte[]>>> replies = new LinkedHashMap<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (String id : ids) {
                replies.put(id, pipeline.hgetAll(utf8(keys.person(id))));
            }
            pipeline.sync();
        }
        List<EnrolledPerson> persons = new ArrayList<>();
        replies.forEach((id, reply) -> PersonForm.read(id, reply.get()).ifPresent(persons::add));
        return persons;
    }

    private Map<String, String> ids() {
        return idsFrom(redis);
    }

    private Optional<EnrolledPerson> find(String nameOrId) {
        String byName = redis.call(
                "looking for a person", client -> client.hget(redis.keys().names(), PersonName.key(nameOrId)));
        String id = byName == null ? nameOrId : byName;
        return load(List.of(id)).stream().findFirst();
    }

    /** Somebody else may have removed the person meanwhile: then nothing was left to erase. */
    private RemovalReceipt remove(Person person) {
        GalleryKeys keys = redis.keys();
        List<byte[]> arguments = List.of(
                utf8(keys.personPrefix()),
                utf8(keys.picturesPrefix()),
                utf8(keys.picturePrefix()),
                utf8(person.id()),
                utf8(PersonName.key(person.name())));
        List<?> reply = redis.call("removing person " + person.id(), client ->
                (List<?>) client.eval(utf8(GalleryScripts.REMOVE), changeKeys(), arguments));
        int templates = Math.toIntExact(number(reply.get(0)));
        int pictures = Math.toIntExact(number(reply.get(1)));
        return new RemovalReceipt(person, Math.max(0, templates), pictures);
    }

    private List<byte[]> changeKeys() {
        GalleryKeys keys = redis.keys();
        return List.of(utf8(keys.names()), utf8(keys.changes()), utf8(keys.revision()));
    }

    private static PersonSummary summary(EnrolledPerson person) {
        Map<String, Integer> byModel = new TreeMap<>();
        person.templates().forEach(stored -> byModel.merge(stored.modelId(), 1, Integer::sum));
        return new PersonSummary(person.person(), person.enrolledAt(), byModel);
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }

    private static long number(Object reply) {
        return (Long) reply;
    }

    @Override
    public void close() {
        redis.close();
    }
}
