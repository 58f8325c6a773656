package io.sightline.match.sighting;

import io.sightline.contracts.identity.Person;
import io.sightline.contracts.identity.Sighting;
import io.sightline.match.decide.FaceVerdict;
import io.sightline.match.decide.FrameMoment;
import io.sightline.match.decide.TrackMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The visits of a camera. One person in view is one sighting however often the track breaks; a stranger gets a sighting after enough good
 * frames, keeps it over tracks as long as the gap, and hands it over to a name at most once.
 */
public final class SightingBook {
    private final SightingRule rule;

    public SightingBook(SightingRule rule) {
        this.rule = rule;
    }

    /** Enters a frame's faces. */
    public Observed observe(CameraMemory memory, List<FaceVerdict> verdicts, FrameMoment at) {
        Page page = new Page(rule, at, memory.sightings());
        Page.Entry[] entries = new Page.Entry[verdicts.size()];
        IntStream.range(0, entries.length)
                .boxed()
                .sorted(Comparator.comparing(index -> rank(verdicts.get(index))))
                .forEach(index -> entries[index] = page.enter(verdicts.get(index)));
        List<TrackMemory> tracks = new ArrayList<>();
        List<Optional<String>> sightingIds = new ArrayList<>();
        for (Page.Entry entry : entries) {
            tracks.add(entry.track());
            sightingIds.add(entry.sightingId());
        }
        CameraMemory after = memory.remembering(tracks, at.capturedAtMicros(), rule.gapMicros())
                .with(page.sightings());
        return new Observed(after, sightingIds, page.pictures(), page.ended());
    }

    /** Names first, then strangers that have an id, then new ones: who was here keeps the place. */
    private static int rank(FaceVerdict verdict) {
        boolean isKnown = verdict.decision().fold(known -> true, unknown -> false, ambiguous -> false, low -> false);
        if (isKnown) {
            return verdict.isSupported() ? 0 : 1;
        }
        return verdict.track().unknownId().isPresent() ? 2 : 3;
    }

    /**
     * The events that are due after a frame: closed ones first, then opened, then updated.
     *
     * @param nowMicros capture time of the frame
     * @param isEnrolled whether a person id is still in the gallery: a removed person's sighting closes
     */
    public Announced announce(Observed observed, long nowMicros, Predicate<String> isEnrolled) {
        return announce(observed.memory(), observed.ended(), nowMicros, isEnrolled);
    }

    /** The same for a frame in which nobody was looked at. */
    public Announced announce(CameraMemory memory, long nowMicros, Predicate<String> isEnrolled) {
        return announce(memory, Set.of(), nowMicros, isEnrolled);
    }

    private Announced announce(CameraMemory memory, Set<String> ended, long nowMicros, Predicate<String> isEnrolled) {
        Events events = new Events(memory);
        List<OpenSighting> staying = new ArrayList<>();
        for (OpenSighting sighting : memory.sightings()) {
            boolean isOver = ended.contains(sighting.id())
                    || Math.abs(nowMicros - sighting.visit().toMicros()) > rule.gapMicros()
                    || sighting.person()
                            .map(Person::id)
                            .filter(isEnrolled.negate())
                            .isPresent();
            if (isOver) {
                events.closed(sighting);
            } else {
                staying.add(sighting);
            }
        }
        closeOverflow(staying, events);
        List<OpenSighting> told = staying.stream()
                .map(sighting -> tell(sighting, nowMicros, events))
                .toList();
        return new Announced(memory.with(told), events.inOrder());
    }

    private OpenSighting tell(OpenSighting sighting, long nowMicros, Events events) {
        if (sighting.told().isEmpty()) {
            events.opened(sighting);
            return sighting.told(nowMicros);
        }
        boolean isDue = Math.abs(nowMicros - sighting.told().get().atMicros()) >= rule.updateMicros();
        if (sighting.hasNews() && isDue) {
            events.updated(sighting);
            return sighting.told(nowMicros);
        }
        return sighting;
    }

    /** Beyond the limit the sightings that were seen longest ago close early. */
    private static void closeOverflow(List<OpenSighting> staying, Events events) {
        while (staying.size() > CameraMemory.MAX_SIGHTINGS) {
            OpenSighting oldest = staying.stream()
                    .min(Comparator.comparingLong(sighting -> sighting.visit().toMicros()))
                    .orElseThrow();
            staying.remove(oldest);
            events.closed(oldest);
        }
    }

    /** No frame has come for a moment: tells what has not been told yet, whatever the update interval. */
    public Announced tellAll(CameraMemory memory) {
        Events events = new Events(memory);
        List<OpenSighting> told = memory.sightings().stream()
                .map(sighting -> {
                    if (!sighting.hasNews()) {
                        return sighting;
                    }
                    events.updated(sighting);
                    return sighting.told(sighting.visit().toMicros());
                })
                .toList();
        return new Announced(memory.with(told), events.inOrder());
    }

    /** The camera's epoch is over, or it has been silent for long: closes all and forgets its tracks. */
    public Announced closeAll(CameraMemory memory) {
        Events events = new Events(memory);
        memory.sightings().forEach(events::closed);
        return new Announced(CameraMemory.begin(memory.camera(), memory.epoch()), events.inOrder());
    }

    /** Events in the order in which consumers should see them. */
    private static final class Events {
        private final CameraMemory memory;
        private final List<Sighting> closed = new ArrayList<>();
        private final List<Sighting> opened = new ArrayList<>();
        private final List<Sighting> updated = new ArrayList<>();

        Events(CameraMemory memory) {
            this.memory = memory;
        }

        /** One that was never announced is opened first, so that each sighting has both events. */
        void closed(OpenSighting sighting) {
            if (sighting.told().isEmpty()) {
                closed.add(event(sighting, OpenSighting.Change.OPENED));
            }
            closed.add(event(sighting, OpenSighting.Change.CLOSED));
        }

        void opened(OpenSighting sighting) {
            opened.add(event(sighting, OpenSighting.Change.OPENED));
        }

        void updated(OpenSighting sighting) {
            updated.add(event(sighting, OpenSighting.Change.UPDATED));
        }

        List<Sighting> inOrder() {
            List<Sighting> all = new ArrayList<>(closed);
            all.addAll(opened);
            all.addAll(updated);
            return all;
        }

        private Sighting event(OpenSighting sighting, OpenSighting.Change change) {
            return sighting.event(change, memory.camera(), memory.epoch());
        }
    }
}
