package io.sightline.app.enrol;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.inference.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * Finds the faces of a photo. A detector made for camera frames misses a face that fills the photo, and places landmarks coarsely where a
 * large photo is scaled down for it; so the first is looked at again with a border around it, and a single face is looked at again from
 * near by.
 */
final class PhotoFaces {
    /** A close look covers so many widths of the face. */
    private static final float CLOSE_LOOK_WIDTHS = 3;

    /** What a close look finds is the same face if the boxes overlap at least so much. */
    private static final float SAME_FACE_IOU = 0.5f;

    private final FaceFinder finder;
    private final float minScore;

    PhotoFaces(FaceFinder finder, float minScore) {
        this.finder = finder;
        this.minScore = minScore;
    }

    /** All faces, best first, in the photo's pixels. */
    List<Detection> in(RgbImage photo) {
        List<Detection> found = look(photo);
        if (found.isEmpty()) {
            found = withBorder(photo);
        }
        return found.size() == 1 ? List.of(closeLook(photo, found.get(0))) : found;
    }

    private List<Detection> look(RgbImage picture) {
        return finder.detect(picture).stream()
                .filter(face -> face.score() >= minScore)
                .toList();
    }

    private List<Detection> withBorder(RgbImage photo) {
        int border = Math.max(photo.widthPx(), photo.heightPx()) / 2;
        int width = photo.widthPx() + 2 * border;
        int height = photo.heightPx() + 2 * border;
        RgbImage wide = RgbImage.adopt(width, height, new byte[width * height * RgbImage.CHANNELS]);
        int row = photo.widthPx() * RgbImage.CHANNELS;
        for (int y = 0; y < photo.heightPx(); y++) {
            System.arraycopy(photo.rgb(), photo.offset(0, y), wide.rgb(), wide.offset(border, border + y), row);
        }
        return look(wide).stream().map(face -> moved(face, -border, -border)).toList();
    }

    private Detection closeLook(RgbImage photo, Detection face) {
        Box box = face.box();
        float side = Math.max(box.widthPx(), box.heightPx()) * CLOSE_LOOK_WIDTHS;
        int left = clamp((box.left() + box.right() - side) / 2, photo.widthPx() - 1);
        int top = clamp((box.top() + box.bottom() - side) / 2, photo.heightPx() - 1);
        int right = clamp((box.left() + box.right() + side) / 2, photo.widthPx());
        int bottom = clamp((box.top() + box.bottom() + side) / 2, photo.heightPx());
        if (right <= left || bottom <= top || 2 * side > Math.max(photo.widthPx(), photo.heightPx())) {
            return face;
        }
        Optional<Detection> nearer = look(photo.crop(left, top, right - left, bottom - top)).stream()
                .map(found -> moved(found, left, top))
                .filter(found -> found.box().iou(box) >= SAME_FACE_IOU)
                .findFirst();
        return nearer.orElse(face);
    }

    private static int clamp(float value, int max) {
        return Math.max(0, Math.min(max, Math.round(value)));
    }

    private static Detection moved(Detection face, int x, int y) {
        Box box = face.box();
        Landmarks landmarks = face.landmarks().transformed(1, x, y);
        return new Detection(
                new Box(box.left() + x, box.top() + y, box.right() + x, box.bottom() + y), landmarks, face.score());
    }
}
