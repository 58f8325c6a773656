package io.sightline.app.evaluate;

import io.sightline.app.enrol.Photo;
import io.sightline.app.enrol.PhotoReader;
import io.sightline.app.enrol.UnreadablePhotoException;
import io.sightline.app.evaluate.data.PeopleSet;
import io.sightline.app.evaluate.data.PeopleSet.FacePicture;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.detect.Detection;
import io.sightline.embed.EmbeddedCrop;
import io.sightline.inference.RgbImage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes pictures through decoding, detector, alignment and embedder, each once for all parts that need it. */
final class FacePass {
    private final TestedModels models;
    private final Workers workers;
    private final Problems problems;

    FacePass(TestedModels models, Workers workers, Problems problems) {
        this.models = models;
        this.workers = workers;
        this.problems = problems;
    }

    /** A face's vector with what its picture is like. */
    record FaceVector(Embedding vector, Quality quality) {}

    /**
     * What became of a picture.
     *
     * @param given by the given landmarks
     * @param centre what the detector found in the picture's middle
     * @param own by the detector's landmarks
     */
    record Seen(Optional<FaceVector> given, Optional<Detection> centre, Optional<FaceVector> own) {
        static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty(), Optional.empty());

        /** By the given landmarks where there are any. */
        Optional<FaceVector> best() {
            return given.isPresent() ? given : own;
        }
    }

    /** Which faces of a picture are embedded. */
    enum Faces {
        /** Those at the given landmarks. */
        GIVEN,
        /** Those that the detector finds as well. */
        GIVEN_AND_FOUND
    }

    /** One entry per picture of the set, in its order. */
    List<Seen> see(PeopleSet people, Faces which) {
        models.embedder();
        boolean isFinding = which == Faces.GIVEN_AND_FOUND || !people.hasLandmarks();
        if (isFinding) {
            models.detector();
        }
        return workers.map("pictures of people", people.pictures().size(), i -> {
            FacePicture picture = people.pictures().get(i);
            return read(picture.photo())
                    .map(pixels -> see(picture, pixels, isFinding))
                    .orElse(Seen.NOTHING);
        });
    }

    private Seen see(FacePicture picture, RgbImage pixels, boolean isFinding) {
        Optional<FaceVector> given = picture.face()
                .flatMap(face -> embed(pixels, face.landmarks(), face.box().widthPx()));
        Optional<Detection> centre = isFinding ? centre(pixels) : Optional.empty();
        Optional<FaceVector> own = centre.flatMap(
                face -> embed(pixels, face.landmarks(), face.box().widthPx()));
        return new Seen(given, centre, own);
    }

    /** Empty for a face that gives no vector whatever the gates: landmarks on one spot, or no texture at all. */
    Optional<FaceVector> embed(RgbImage pixels, Landmarks landmarks, float widthPx) {
        EmbeddedCrop crop = models.embedder().faces().embed(pixels, landmarks, widthPx);
        return crop.embedding().map(vector -> new FaceVector(vector, crop.quality()));
    }

    /** Empty, and a problem, for what is no whole picture. */
    Optional<RgbImage> read(Photo photo) {
        try {
            return Optional.of(PhotoReader.read(photo.bytes()));
        } catch (IOException | UnreadablePhotoException e) {
            problems.add(photo.label(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Of the faces that the product would keep and that cover the picture's middle, the one whose own middle is nearest to it. */
    private Optional<Detection> centre(RgbImage pixels) {
        TestedModels.Limits limits = models.detector().product();
        float x = pixels.widthPx() / 2f;
        float y = pixels.heightPx() / 2f;
        return models.detector().finder().detect(pixels).stream()
                .filter(face -> face.score() >= limits.minScore()
                        && face.box().widthPx() >= limits.minFacePx()
                        && face.box().heightPx() >= limits.minFacePx())
                .filter(face -> covers(face.box(), x, y))
                .min(Comparator.comparingDouble(face -> distance(face.box(), x, y)));
    }

    private static boolean covers(Box box, float x, float y) {
        return box.left() <= x && x < box.right() && box.top() <= y && y < box.bottom();
    }

    private static double distance(Box box, float x, float y) {
        return Math.hypot((box.left() + box.right()) / 2 - x, (box.top() + box.bottom()) / 2 - y);
    }
}
