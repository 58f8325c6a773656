package io.sightline.match.gallery;

import io.sightline.match.search.DotProducts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Reads the gallery and keeps up with it, one call at a time; belongs to one thread. A change names a person only, and the person is
 * read anew, so applying one twice does no harm: the load notes the stream's end first and then reads all.
 *
 * <p>Each change carries a revision, one more than the one before. Another one than expected means that changes are missing (the stream
 * was trimmed past us, or Redis was flushed or came back empty), and all is loaded again.
 */
final class GalleryFollower {
    /** How long one read of the stream waits for a change, milliseconds. */
    static final int BLOCK_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(GalleryFollower.class);
    private static final int MAX_CHANGES = 1_000;

    private final RedisConnection redis;
    private final DotProducts products;
    private final Map<String, EnrolledPerson> persons = new LinkedHashMap<>();
    private StreamEntryID position = new StreamEntryID();
    private long revision;

    GalleryFollower(RedisConnection redis, DotProducts products) {
        this.redis = redis;
        this.products = products;
    }

    /** Reads everything. Throws {@link GalleryException}; then nothing has changed here. */
    GallerySnapshot load() {
        Optional<StreamEntry> last = lastChange();
        long counted = last.isPresent() ? revisionOf(last.get()) : counter();
        List<String> ids = List.copyOf(GalleryStore.idsFrom(redis).values());
        List<EnrolledPerson> all = GalleryStore.loadFrom(redis, ids);
        persons.clear();
        all.forEach(one -> persons.put(one.person().id(), one));
        position = last.map(StreamEntry::getID).orElseGet(StreamEntryID::new);
        revision = counted;
        return snapshot();
    }

    /** Waits up to {@link #BLOCK_MILLIS} for changes; empty when there were none. Throws {@link GalleryException}. */
    Optional<GallerySnapshot> follow() {
        List<StreamEntry> changes = nextChanges();
        if (changes.isEmpty()) {
            return isBehindUs()
                    ? Optional.of(reload("its stream of changes ends before our position"))
                    : Optional.empty();
        }
        Set<String> changed = new LinkedHashSet<>();
        long expected = revision;
        for (StreamEntry change : changes) {
            expected++;
            if (revisionOf(change) != expected) {
                return Optional.of(reload("change " + revisionOf(change) + " came instead of change " + expected));
            }
            changed.add(change.getFields().getOrDefault("person", ""));
        }
        apply(changed);
        position = changes.get(changes.size() - 1).getID();
        revision = expected;
        return Optional.of(snapshot());
    }

    /** How many changes the gallery has seen, as far as this follower knows. */
    long revision() {
        return revision;
    }

    private void apply(Set<String> changed) {
        List<EnrolledPerson> read = GalleryStore.loadFrom(redis, List.copyOf(changed));
        changed.forEach(persons::remove);
        read.forEach(one -> persons.put(one.person().id(), one));
    }

    private GallerySnapshot reload(String why) {
        LOG.warn("gallery: reading all again, because {} (Redis was flushed, restarted empty, or trimmed)", why);
        return load();
    }

    private GallerySnapshot snapshot() {
        return GallerySnapshot.of(position.toString(), persons.values(), products);
    }

    private List<StreamEntry> nextChanges() {
        String stream = redis.keys().changes();
        XReadParams params = XReadParams.xReadParams().count(MAX_CHANGES).block(BLOCK_MILLIS);
        var streams = redis.await("following the gallery", client -> client.xread(params, Map.of(stream, position)));
        return streams == null || streams.isEmpty() ? List.of() : streams.get(0).getValue();
    }

    private boolean isBehindUs() {
        StreamEntryID last = lastChange().map(StreamEntry::getID).orElseGet(StreamEntryID::new);
        return last.compareTo(position) < 0;
    }

    private Optional<StreamEntry> lastChange() {
        String stream = redis.keys().changes();
        return redis.call("following the gallery", client -> client.xrevrange(stream, "+", "-", 1)).stream()
                .findFirst();
    }

    private long counter() {
        String counter = redis.call(
                "reading the gallery", client -> client.get(redis.keys().revision()));
        return counter == null ? 0 : Long.parseLong(counter);
    }

    private static long revisionOf(StreamEntry change) {
        return Long.parseLong(change.getFields().getOrDefault("revision", "-1"));
    }
}
