package io.sightline.match.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.match.gallery.GalleryException;
import io.sightline.match.gallery.GalleryKeys;
import io.sightline.match.gallery.RedisConnection;
import io.sightline.match.gallery.RedisSettings;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures in Redis, each with a time to live. A person's pictures are listed beside the gallery, in the same transaction that writes
 * them and only while the person is enrolled, so that removing the person erases them all. {@link #close()} ends and joins the thread.
 */
public final class RedisPictureStore implements PictureStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisPictureStore.class);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 200;

    /** KEYS picture, pictures of the person, person; ARGV jpeg, time to live in ms, picture key, 1 for a person. */
    private static final String WRITE = """
            if ARGV[4] == '1' then
              if redis.call('EXISTS', KEYS[3]) == 0 then
                return 0
              end
              redis.call('SADD', KEYS[2], ARGV[3])
              if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then
                redis.call('PEXPIRE', KEYS[2], ARGV[2])
              end
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """;

    private final RedisConnection redis;
    private final Duration timeToLive;
    private final BlockingQueue<SightingPicture> waiting;
    private final Counter stored;
    private final Counter dropped;
    private final Thread thread;
    private volatile boolean isStopped;

    private RedisPictureStore(RedisConnection redis, PictureSettings settings, MeterRegistry registry) {
        this.redis = redis;
        this.stored = Meters.counter(registry, SightlineMeter.PICTURES_STORED);
        this.dropped = Meters.counter(registry, SightlineMeter.PICTURES_DROPPED);
        this.timeToLive = settings.timeToLive();
        this.waiting = new ArrayBlockingQueue<>(settings.queueSize());
        this.thread = new Thread(this::run, "match-pictures");
    }

    /** Starts the thread; no I/O in the caller's. */
    public static RedisPictureStore start(RedisSettings redis, PictureSettings settings, MeterRegistry registry) {
        RedisPictureStore store = new RedisPictureStore(
                RedisConnection.to(redis, "sightline-match-pictures", registry), settings, registry);
        store.thread.setDaemon(true);
        store.thread.start();
        return store;
    }

    @Override
    public boolean offer(SightingPicture picture) {
        boolean isTaken = !isStopped && waiting.offer(picture);
        if (!isTaken) {
            dropped.increment();
        }
        return isTaken;
    }

    /** Reads a picture back; empty when it has expired or was erased. Throws {@link GalleryException} when Redis is away. */
    public Optional<byte[]> read(String key) {
        byte[] name = redis.keys().picture(key).getBytes(UTF_8);
        return Optional.ofNullable(redis.call("reading a picture", client -> client.get(name)));
    }

    private void run() {
        boolean isAway = false;
        while (!isStopped || !waiting.isEmpty()) {
            try {
                SightingPicture next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    isAway = !write(next, isAway);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (isStopped && isAway) {
                dropped.increment(waiting.size());
                waiting.clear();
            }
        }
    }

    /** Whether Redis took it, or said for good that it may not be kept. */
    private boolean write(SightingPicture picture, boolean wasAway) {
        GalleryKeys keys = redis.keys();
        String person = picture.personId().orElse("");
        List<byte[]> names = List.of(
                keys.picture(picture.key()).getBytes(UTF_8),
                keys.picturesOf(person).getBytes(UTF_8),
                keys.personHash(person).getBytes(UTF_8));
        List<byte[]> arguments = List.of(
                picture.jpeg().bytes(),
                Long.toString(timeToLive.toMillis()).getBytes(UTF_8),
                picture.key().getBytes(UTF_8),
                (picture.personId().isPresent() ? "1" : "0").getBytes(UTF_8));
        try {
            Object isKept =
                    redis.call("writing a picture", client -> client.eval(WRITE.getBytes(UTF_8), names, arguments));
            if (Long.valueOf(1).equals(isKept)) {
                stored.increment();
            }
            return true;
        } catch (GalleryException e) {
            dropped.increment();
            if (!wasAway) {
                LOG.warn("pictures: {}; pictures of sightings are dropped meanwhile", e.getMessage());
            }
            return false;
        }
    }

    /** Writes what waits, as far as Redis answers, then closes the connections. */
    @Override
    public void close() {
        isStopped = true;
        try {
            thread.join(JOIN_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        redis.close();
    }
}
