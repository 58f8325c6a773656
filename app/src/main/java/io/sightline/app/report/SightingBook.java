package io.sightline.app.report;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Sighting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The sightings of a run, each as its last record says; the latest changes apart. Bounded: past {@value #SIGHTINGS} the
 * oldest leave and are counted. Belongs to one thread.
 */
final class SightingBook {
    static final int SIGHTINGS = 100_000;
    private static final int SHOWN = 32;

    private final LinkedHashMap<String, Sighting> byId = new LinkedHashMap<>();
    private final Deque<Numbered> changes = new ArrayDeque<>();
    private long changeCount;
    private long forgotten;

    void put(Sighting sighting) {
        Sighting known = byId.get(sighting.sightingId());
        if (known != null && known.lastSeq() > sighting.lastSeq() && !isClosed(sighting)) {
            return;
        }
        byId.put(sighting.sightingId(), sighting);
        if (byId.size() > SIGHTINGS) {
            byId.remove(byId.keySet().iterator().next());
            forgotten++;
        }
        boolean isNews = isClosed(sighting) ? known == null || !isClosed(known) : known == null;
        if (isNews) {
            changes.addLast(new Numbered(changeCount++, isClosed(sighting) ? "closed" : "opened", sighting));
            if (changes.size() > SHOWN) {
                changes.removeFirst();
            }
        }
    }

    /** How many sightings have left the book. */
    long forgotten() {
        return forgotten;
    }

    /** All, by camera and beginning. {@code second} tells a capture time's second of its camera. */
    List<SightingLine> lines(ToDoubleBiFunction<CameraId, Long> second) {
        return byId.values().stream()
                .map(sighting -> line(sighting, second))
                .sorted(Comparator.comparing(SightingLine::camera).thenComparingDouble(SightingLine::fromS))
                .toList();
    }

    /** The latest {@value #SHOWN}, by the time of their beginning, so that a line keeps its place while it grows. */
    List<SightingLine> latest(ToDoubleBiFunction<CameraId, Long> second) {
        List<Sighting> all = new ArrayList<>(byId.values());
        return all.subList(Math.max(0, all.size() - SHOWN), all.size()).stream()
                .map(sighting -> line(sighting, second))
                .toList();
    }

    List<SightingChange> changes(ToDoubleBiFunction<CameraId, Long> second) {
        return changes.stream()
                .map(change -> new SightingChange(change.number(), change.change(), line(change.sighting(), second)))
                .toList();
    }

    /** Whether any sighting is still open. */
    boolean hasOpen() {
        return byId.values().stream().anyMatch(sighting -> !isClosed(sighting));
    }

    private static SightingLine line(Sighting sighting, ToDoubleBiFunction<CameraId, Long> second) {
        CameraId camera = new CameraId(sighting.camera());
        return new SightingLine(
                sighting.sightingId(),
                camera,
                sighting.person().map(Person::name),
                sighting.unknownId(),
                second.applyAsDouble(camera, sighting.fromUs()),
                second.applyAsDouble(camera, sighting.toUs()),
                sighting.frames(),
                sighting.similarity(),
                !isClosed(sighting));
    }

    private static boolean isClosed(Sighting sighting) {
        return sighting.change().equals("closed");
    }

    private record Numbered(long number, String change, Sighting sighting) {}
}
