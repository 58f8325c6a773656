package io.sightline.detect;

import io.sightline.contracts.face.TrackId;
import io.sightline.contracts.frame.FrameId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows the faces of one camera from frame to frame. What it gives depends on nothing but the frames it was shown.
 *
 * <p>After ByteTrack (Zhang et al., 2022): sure detections choose among all tracks first; then faint ones may go on with a
 * track that is still without, but never begin one, so a face half hidden keeps its track and a shadow gets none. Pairs are
 * taken best first instead of by the Hungarian method: a face that two tracks want equally is where a wrong name begins,
 * and there the nearest and likest must win, not the best sum. Splitting a face into two tracks costs a decision made
 * again; joining two faces puts one person's name on another: so all gates are on the strict side.
 */
final class FaceTracker {
    /** Beyond it the tracks unseen for longest end. Bounds the work on a frame, whatever is on it. */
    private static final int MAX_TRACKS = 400;

    private final TrackerSettings settings;
    private final List<Track> tracks = new ArrayList<>();

    FaceTracker(TrackerSettings settings) {
        this.settings = settings;
    }

    /** What a face and a track have in common. */
    private record Pair(int face, Track track, float affinity) {}

    /**
     * The next frame.
     *
     * @param seen its faces, best first; their places make the ids of tracks that begin here
     * @return those that have a track, in the same order
     */
    List<TrackedFace> advance(FrameId frame, long capturedMicros, List<SeenFace> seen) {
        tracks.removeIf(track -> track.isOver(capturedMicros, settings.maxGap().toNanos() / 1_000));
        Map<Integer, Track> owners = new TreeMap<>();
        associate(seen, true, capturedMicros, owners);
        associate(seen, false, capturedMicros, owners);
        List<TrackedFace> tracked = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            SeenFace face = seen.get(i);
            Track owner = owners.get(i);
            if (owner != null) {
                owner.follow(face, capturedMicros);
                tracked.add(new TrackedFace(owner.id(), face.detection()));
            } else if (isSure(face)) {
                Track begun = new Track(TrackId.begunAt(frame, i), face, capturedMicros);
                tracks.add(begun);
                tracked.add(new TrackedFace(begun.id(), face.detection()));
            }
        }
        dropOldestBeyond(MAX_TRACKS);
        return tracked;
    }

    /** Nobody is who he was: the scene was cut. */
    void endAll() {
        tracks.clear();
    }

    private void associate(List<SeenFace> seen, boolean sure, long atMicros, Map<Integer, Track> owners) {
        List<Track> free = new ArrayList<>(tracks);
        free.removeAll(owners.values());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            if (isSure(seen.get(i)) == sure) {
                for (Track track : free) {
                    float affinity = track.affinity(seen.get(i), atMicros);
                    if (affinity > 0) {
                        pairs.add(new Pair(i, track, affinity));
                    }
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::affinity).reversed());
        for (Pair pair : pairs) {
            if (!owners.containsKey(pair.face()) && free.remove(pair.track())) {
                owners.put(pair.face(), pair.track());
            }
        }
    }

    private boolean isSure(SeenFace face) {
        return face.detection().score() >= settings.beginScore();
    }

    private void dropOldestBeyond(int count) {
        if (tracks.size() > count) {
            tracks.sort(Comparator.comparingLong(Track::lastMicros).reversed());
            tracks.subList(count, tracks.size()).clear();
        }
    }
}
