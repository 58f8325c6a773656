package io.sightline.app.demo;

import io.sightline.contracts.frame.CameraId;
import java.time.Duration;
import java.util.List;

/**
 * What the demo plays and whom it enrols, by seconds of the clip.
 *
 * @param cameras each plays the clip as a live camera would, from its second to the end, then from the start
 * @param people each enrolled from one still, beside the decoys
 */
public record DemoPlan(List<DemoCamera> cameras, List<DemoPerson> people) {
    public DemoPlan {
        cameras = List.copyOf(cameras);
        people = List.copyOf(people);
    }

    /**
     * A camera of the demo.
     *
     * @param fps frames captured per second
     */
    public record DemoCamera(CameraId id, Duration startAt, double fps) {}

    /** A person of the clip; alone and facing the camera at second {@code at}. */
    public record DemoPerson(String name, Duration at) {}

    /**
     * In 45 s {@code studio} sees the presenter, then the guest; {@code replay} the guest, then the presenter beside a third man whom nobody
     * enrolled. In both there are wide shots with faces too small and turned to be named.
     */
    public static DemoPlan standard() {
        return new DemoPlan(
                List.of(
                        new DemoCamera(new CameraId("studio"), Duration.ofSeconds(30), 15),
                        new DemoCamera(new CameraId("replay"), Duration.ofSeconds(83), 15)),
                List.of(
                        new DemoPerson("Presenter", Duration.ofSeconds(10)),
                        new DemoPerson("Guest", Duration.ofSeconds(47))));
    }
}
