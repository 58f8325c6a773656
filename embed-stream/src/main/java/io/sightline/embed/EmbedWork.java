package io.sightline.embed;

import io.micrometer.core.instrument.DistributionSummary;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.embed.picture.CropReader;
import io.sightline.embed.picture.UnreadableCropException;
import io.sightline.inference.RgbImage;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import io.sightline.runtime.metrics.StageMeters;
import io.sightline.runtime.streams.FrameWork;
import io.sightline.runtime.streams.Micros;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One frame's faces to vectors. Belongs to one task. */
final class EmbedWork implements FrameWork<Faces, Embeddings> {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedWork.class);

    private static final double PERCENT = 100;

    private final FaceEmbedder embedder;
    private final Clock clock;
    private final StageMeters meters;
    private final DistributionSummary quality;
    private boolean hasWarned;

    EmbedWork(FaceEmbedder embedder, Clock clock, StageMeters meters) {
        this.embedder = embedder;
        this.clock = clock;
        this.meters = meters;
        this.quality = Meters.summary(meters.registry(), SightlineMeter.FACE_QUALITY);
    }

    @Override
    public FrameHeader header(Faces in) {
        return in.header();
    }

    @Override
    public Embeddings settled(FrameHeader header) {
        return new Embeddings(header, "", List.of());
    }

    @Override
    public Embeddings work(Faces in) {
        List<FrameCrop> crops = in.faces().stream()
                .map(face -> new FrameCrop(in.header(), face))
                .toList();
        List<EmbeddedCrop> embedded =
                embedder.embed(crops.stream().map(FrameCrop::view).toList());
        List<EmbeddedFace> faces = new ArrayList<>(crops.size());
        for (int i = 0; i < crops.size(); i++) {
            faces.add(embeddedFace(crops.get(i), embedded.get(i)));
        }
        FrameHeader stamped = in.header().withTimes(in.header().times().embedded(Micros.now(clock)));
        return new Embeddings(stamped, faces.isEmpty() ? "" : embedder.modelId(), faces);
    }

    private EmbeddedFace embeddedFace(FrameCrop crop, EmbeddedCrop embedded) {
        String result = embedded.quality().flaw().map(QualityFlaw::wireName).orElse("embedded");
        quality.record(PERCENT * embedded.quality().score());
        meters.faces(crop.isUnreadable ? "unreadable" : result, 1);
        return new EmbeddedFace(
                crop.face.track(),
                crop.face.box(),
                crop.face.landmarks(),
                crop.face.score(),
                embedded.quality(),
                embedded.embedding(),
                embedded.aligned());
    }

    /** One face's crop, decoded when the embedder asks. */
    private final class FrameCrop {
        private final FrameHeader frame;
        private final Face face;
        private boolean isUnreadable;

        FrameCrop(FrameHeader frame, Face face) {
            this.frame = frame;
            this.face = face;
        }

        FaceView view() {
            return new FaceView(
                    this::picture,
                    face.crop().toCrop(face.landmarks()),
                    face.box().widthPx());
        }

        private Optional<RgbImage> picture() {
            long begun = System.nanoTime();
            try {
                return Optional.of(CropReader.read(face.crop().picture()));
            } catch (UnreadableCropException e) {
                isUnreadable = true;
                warnOfTheFirst(e);
                return Optional.empty();
            } finally {
                meters.step("decode", System.nanoTime() - begun);
            }
        }

        private void warnOfTheFirst(UnreadableCropException e) {
            if (!hasWarned) {
                LOG.warn(
                        "frame {}: face {} gets no vector, for its crop cannot be read; further ones are only counted: {}",
                        frame.id(),
                        face.track(),
                        e.getMessage());
            }
            hasWarned = true;
        }
    }
}
