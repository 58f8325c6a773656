package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.CameraId;
import io.sightline.contracts.frame.FrameId;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.identity.Identities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins pictures with identities and keeps a few frames of each kind of scene (camera and who is in view), spread over time.
 * Deterministic. Memory is bounded by bytes: of pictures that wait for their identities, and of pictures kept. Belongs to one thread at a time.
 */
public final class FrameReservoir {
    private static final int SCENES = 64;
    private static final int WAITING_IDENTITIES = 1_024;

    private final int waitingBytes;
    private final int keptBytes;
    private final LinkedHashMap<FrameId, Jpeg> waitingPictures = new LinkedHashMap<>();
    private final LinkedHashMap<FrameId, Identities> waitingIdentities = new LinkedHashMap<>();
    private final Map<SceneKey, Scene> scenes = new TreeMap<>();
    private final Map<String, Long> firstCapturedMicros = new TreeMap<>();
    private long waiting;

    /**
     * @param waitingBytes of pictures whose identities have not come; the oldest leave
     * @param keptBytes of pictures kept; the fullest scene gives one up
     */
    public FrameReservoir(int waitingBytes, int keptBytes) {
        this.waitingBytes = waitingBytes;
        this.keptBytes = keptBytes;
    }

    public void picture(FrameId frame, Jpeg picture) {
        if (picture.isEmpty()) {
            return;
        }
        Identities identities = waitingIdentities.remove(frame);
        if (identities != null) {
            keep(identities, picture);
            return;
        }
        Jpeg before = waitingPictures.put(frame, picture);
        waiting += picture.sizeBytes() - (before == null ? 0 : before.sizeBytes());
        while (waiting > waitingBytes) {
            FrameId oldest = waitingPictures.keySet().iterator().next();
            take(oldest);
        }
    }

    public void identities(Identities identities) {
        firstCapturedMicros.merge(identities.camera(), identities.capturedAtUs(), Math::min);
        Outcome outcome = Outcome.ofWireName(identities.outcome());
        FrameId frame = new FrameId(new CameraId(identities.camera()), identities.epoch(), identities.seq());
        Jpeg picture = take(frame);
        if (outcome == Outcome.SHED || outcome == Outcome.REJECTED) {
            return;
        }
        if (!picture.isEmpty()) {
            keep(identities, picture);
            return;
        }
        waitingIdentities.put(frame, identities);
        if (waitingIdentities.size() > WAITING_IDENTITIES) {
            waitingIdentities.remove(waitingIdentities.keySet().iterator().next());
        }
    }

    /** Up to {@code count} frames with as much variety as there is, by camera and time. */
    public List<SampledFrame> pick(int count) {
        Map<String, List<Scene>> byCamera = new TreeMap<>();
        scenes.forEach((key, scene) -> byCamera.computeIfAbsent(key.camera(), camera -> new ArrayList<>())
                .add(scene));
        List<List<Scene.Sample>> wishes =
                byCamera.values().stream().map(FrameReservoir::inOrderOfWish).toList();
        return interleaved(wishes, count).stream()
                .sorted(Comparator.comparing(
                                (Scene.Sample sample) -> sample.identities().camera())
                        .thenComparingLong(sample -> sample.identities().capturedAtUs()))
                .map(this::sampled)
                .toList();
    }

    private SampledFrame sampled(Scene.Sample sample) {
        Identities identities = sample.identities();
        long first = firstCapturedMicros.getOrDefault(identities.camera(), identities.capturedAtUs());
        return new SampledFrame(identities, sample.picture(), (identities.capturedAtUs() - first) / 1e6);
    }

    private void keep(Identities identities, Jpeg picture) {
        SceneKey key = SceneKey.of(identities);
        if (!scenes.containsKey(key) && scenes.size() >= SCENES) {
            key = SceneKey.coarse(identities);
        }
        scenes.computeIfAbsent(key, Scene::new).offer(new Scene.Sample(identities, picture));
        while (scenes.values().stream().mapToLong(Scene::bytes).sum() > keptBytes) {
            scenes.values().stream().max(Comparator.comparingLong(Scene::bytes)).ifPresent(Scene::thin);
        }
    }

    private Jpeg take(FrameId frame) {
        Jpeg picture = waitingPictures.remove(frame);
        waiting -= picture == null ? 0 : picture.sizeBytes();
        return picture == null ? Jpeg.none() : picture;
    }

    /** A camera's samples: the first of each scene by interest, then the second of each, and so on. */
    private static List<Scene.Sample> inOrderOfWish(List<Scene> ofCamera) {
        List<Scene> byInterest = ofCamera.stream()
                .sorted(Comparator.comparingDouble(Scene::interest).reversed())
                .toList();
        return interleaved(byInterest.stream().map(Scene::spread).toList(), Integer.MAX_VALUE);
    }

    private static List<Scene.Sample> interleaved(List<List<Scene.Sample>> lists, int count) {
        List<Scene.Sample> mixed = new ArrayList<>();
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (List<Scene.Sample> list : lists) {
                if (turn < list.size() && mixed.size() < count) {
                    mixed.add(list.get(turn));
                }
            }
        }
        return mixed;
    }
}
