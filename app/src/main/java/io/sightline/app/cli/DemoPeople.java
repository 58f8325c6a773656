package io.sightline.app.cli;

import io.sightline.app.demo.DemoException;
import io.sightline.app.demo.DemoMaterial;
import io.sightline.app.demo.DemoPlan;
import io.sightline.app.demo.DemoStills;
import io.sightline.app.pipeline.AllInOne;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.detect.Detection;
import io.sightline.detect.jpeg.JpegDecoder;
import io.sightline.embed.EmbeddedCrop;
import io.sightline.inference.RgbImage;
import io.sightline.match.gallery.Enrolment;
import io.sightline.match.gallery.Template;
import java.util.List;

final class DemoPeople {
    private final AllInOne system;

    DemoPeople(AllInOne system) {
        this.system = system;
    }

    int enrol(DemoPlan plan, DemoMaterial material) throws DemoException {
        int n = 0;
        for (DemoStills.Still still : DemoStills.take(material.clip(), plan.people(), system.clock())) {
            enrol(still.name(), still.picture());
            n++;
        }
        return n;
    }

    private void enrol(String name, Jpeg jpeg) {
        try (JpegDecoder decoder = new JpegDecoder(JpegDecoder.DEFAULT_MAX_PIXELS)) {
            RgbImage image = decoder.decode(jpeg);
            Detection face = system.models().detector().detect(image).get(0);
            EmbeddedCrop crop = system.models()
                    .embedder()
                    .embed(image, face.landmarks(), face.box().widthPx());
            system.gallery()
                    .enrol(
                            new Enrolment(
                                    name,
                                    List.of(new Template(
                                            crop.embedding().orElseThrow(),
                                            crop.quality().score(),
                                            "still")),
                                    system.models().embedder().modelId()),
                            system.clock().instant());
        }
    }
}
