package io.sightline.match.sighting;

import io.sightline.match.decide.TrackMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a camera between its frames, of one epoch.
 *
 * @param tracks those seen within the gap, latest last; at most {@link #MAX_TRACKS}
 * @param sightings those that go on, oldest first; at most {@link #MAX_SIGHTINGS}
 */
public record CameraMemory(String camera, long epoch, List<TrackMemory> tracks, List<OpenSighting> sightings) {
    static final int MAX_TRACKS = 128;
    static final int MAX_SIGHTINGS = 128;

    public CameraMemory {
        tracks = List.copyOf(tracks);
        sightings = List.copyOf(sightings);
    }

    public static CameraMemory begin(String camera, long epoch) {
        return new CameraMemory(camera, epoch, List.of(), List.of());
    }

    public Map<String, TrackMemory> tracksById() {
        Map<String, TrackMemory> byId = new LinkedHashMap<>();
        tracks.forEach(track -> byId.put(track.track(), track));
        return byId;
    }

    public boolean holdsNothing() {
        return tracks.isEmpty() && sightings.isEmpty();
    }

    /** With the tracks of a frame in place of their earlier memory; those older than the gap, and beyond the limit the oldest, are forgotten. */
    CameraMemory remembering(List<TrackMemory> ofFrame, long nowMicros, long gapMicros) {
        Map<String, TrackMemory> byId = new LinkedHashMap<>();
        for (TrackMemory track : tracks) {
            if (Math.abs(nowMicros - track.lastMicros()) <= gapMicros) {
                byId.put(track.track(), track);
            }
        }
        for (TrackMemory track : ofFrame) {
            byId.remove(track.track());
            byId.put(track.track(), track);
        }
        List<TrackMemory> kept = new ArrayList<>(byId.values());
        kept.sort(Comparator.comparingLong(TrackMemory::lastMicros));
        return new CameraMemory(
                camera, epoch, kept.subList(Math.max(0, kept.size() - MAX_TRACKS), kept.size()), sightings);
    }

    CameraMemory with(List<OpenSighting> changed) {
        return new CameraMemory(camera, epoch, tracks, changed);
    }
}
