package io.sightline.app.enrol;

import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.embed.EmbeddedCrop;
import io.sightline.embed.FaceEmbedder;
import io.sightline.embed.quality.QualityGates;
import io.sightline.inference.RgbImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges a photo by itself: readable, exactly one face, good enough. Detector and embedder stay their owners'. */
public final class PhotoExaminer {
    private final PhotoFaces faces;
    private final FaceEmbedder embedder;
    private final QualityGates gates;

    public PhotoExaminer(FaceFinder finder, FaceEmbedder embedder, EnrolSettings settings) {
        this.faces = new PhotoFaces(finder, settings);
        this.embedder = embedder;
        this.gates = stricter(settings.gates(), embedder.gates());
    }

    /** Vectors that it gives belong to this model. */
    public String modelId() {
        return embedder.modelId();
    }

    /** The verdict on a photo's file; damaged bytes are a refusal, not an exception. */
    public PhotoVerdict examine(byte[] file) {
        RgbImage photo;
        try {
            photo = PhotoReader.read(file);
        } catch (UnreadablePhotoException e) {
            return new PhotoVerdict.Refused(Refusal.UNREADABLE, String.valueOf(e.getMessage()));
        }
        List<Detection> found = faces.in(photo);
        if (found.isEmpty()) {
            return new PhotoVerdict.Refused(
                    Refusal.NO_FACE, "no face was found: use a photo that shows the person from the front");
        }
        if (found.size() > 1) {
            return new PhotoVerdict.Refused(
                    Refusal.SEVERAL_FACES,
                    found.size()
                            + " faces were found: crop the photo to the one who is meant, so that nobody else is enrolled");
        }
        return examine(photo, found.get(0));
    }

    private PhotoVerdict examine(RgbImage photo, Detection face) {
        EmbeddedCrop crop = embedder.embed(photo, face.landmarks(), face.box().widthPx());
        Quality quality = crop.quality();
        Optional<QualityFlaw> flaw = quality.flaw()
                .or(() -> gates.flaw(quality.faceWidthPx(), quality.sharpness(), quality.poseResidualPx()));
        return flaw.<PhotoVerdict>map(why -> refused(why, quality))
                .orElseGet(() -> new PhotoVerdict.Usable(crop.embedding().orElseThrow(), quality));
    }

    private PhotoVerdict.Refused refused(QualityFlaw flaw, Quality quality) {
        return switch (flaw) {
            case SIZE ->
                new PhotoVerdict.Refused(
                        Refusal.TOO_SMALL,
                        say(
                                "the face is %.0f px wide, at least %.0f are needed: use a larger photo, or one from nearer",
                                quality.faceWidthPx(), gates.minFaceWidthPx()));
            case BLUR ->
                new PhotoVerdict.Refused(
                        Refusal.BLURRED,
                        say(
                                "the face has a sharpness of %.0f, at least %.0f is needed: use a photo in focus",
                                quality.sharpness(), gates.minSharpness()));
            case POSE ->
                new PhotoVerdict.Refused(
                        Refusal.TURNED,
                        say(
                                "the face is turned (%.1f px from the frontal template, at most %.1f): use a photo from the front",
                                quality.poseResidualPx(), gates.maxPoseResidualPx()));
        };
    }

    /** What the embedder refuses anyway is named with the embedder's limit. */
    private static QualityGates stricter(QualityGates a, QualityGates b) {
        return new QualityGates(
                Math.max(a.minFaceWidthPx(), b.minFaceWidthPx()),
                Math.max(a.minSharpness(), b.minSharpness()),
                Math.min(a.maxPoseResidualPx(), b.maxPoseResidualPx()));
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
