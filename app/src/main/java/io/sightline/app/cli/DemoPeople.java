package io.sightline.app.cli;

import io.sightline.app.demo.DemoException;
import io.sightline.app.demo.DemoMaterial;
import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.enrol.PersonPhotos;
import io.sightline.app.enrol.Photo;
import io.sightline.app.enrol.PhotoReport;
import io.sightline.app.pipeline.EnrolmentDesk;
import java.time.Clock;
import java.util.List;

/** Enrols the demo's people from stills of the clip, and the decoys from their portraits, as anybody is enrolled from a photo. */
final class DemoPeople {
    private final EnrolmentDesk desk;

    DemoPeople(EnrolmentDesk desk) {
        this.desk = desk;
    }

    /** How many people were enrolled; throws when one of them could not be, with the reason. */
    int enrol(DemoPlan plan, DemoMaterial material) throws DemoException {
        int enrolled = 0;
        for (DemoStills.Still still : DemoStills.take(material.clip(), plan.people(), Clock.systemUTC())) {
            enrol(new PersonPhotos(
                    still.name(),
                    List.of(Photo.of(still.name() + " still", still.picture().bytes()))));
            enrolled++;
        }
        for (DemoMaterial.Decoy decoy : material.decoys()) {
            enrol(new PersonPhotos(decoy.name(), List.of(Photo.of(decoy.name() + " portrait", decoy.picture()))));
            enrolled++;
        }
        return enrolled;
    }

    private void enrol(PersonPhotos person) throws DemoException {
        for (PhotoReport report : desk.person(person)) {
            if (report.result() == PhotoReport.Result.REFUSED) {
                throw new DemoException("the demo cannot enrol " + person.name() + ": " + report.line());
            }
        }
    }
}
