package io.sightline.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.app.demo.DemoPlan.DemoCamera;
import io.sightline.app.demo.DemoPlan.DemoPerson;
import io.sightline.contracts.frame.CameraId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoPlanTest {
    @Test
    void twoCamerasPlayTheClipFromTheirSecondAndTwoPeopleAreEnrolled() {
        DemoPlan plan = DemoPlan.standard();

        assertThat(plan.cameras())
                .containsExactly(
                        new DemoCamera(new CameraId("studio"), Duration.ofSeconds(30), 15),
                        new DemoCamera(new CameraId("replay"), Duration.ofSeconds(83), 15));
        assertThat(plan.people())
                .containsExactly(
                        new DemoPerson("Presenter", Duration.ofSeconds(10)),
                        new DemoPerson("Guest", Duration.ofSeconds(47)));
    }
}
