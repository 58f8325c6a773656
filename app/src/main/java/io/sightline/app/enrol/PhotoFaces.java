package io.sightline.app.enrol;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import io.sightline.detect.FaceFinder;
import io.sightline.inference.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the faces of a photo. A detector made for camera frames misses a face that fills the photo, or is a speck in it, and places
 * landmarks coarsely where a large photo is scaled down for it; so where none is found, the photo is looked at again with a border around it, then in parts; and a single
 * face is looked at again from near by.
 */
final class PhotoFaces {
    /** A close look covers so many widths of the face. */
    private static final float CLOSE_LOOK_WIDTHS = 3;

    /** What a close look finds is the same face if the boxes overlap at least so much. */
    private static final float SAME_FACE_IOU = 0.5f;

    /** Two neighbouring parts of a photo show one face if the boxes overlap at least so much. */
    private static final float SEEN_TWICE_IOU = 0.3f;

    /** Where the whole photo shows no face, up to so many parts across and down are looked at. */
    private static final int MAX_GRID = 4;

    /** A face of a smaller share of the widest one's width is background. */
    private static final double MIN_WIDTH_SHARE = 0.25;

    private final FaceFinder finder;
    private final float minScore;
    private final float minOtherScore;

    PhotoFaces(FaceFinder finder, EnrolSettings settings) {
        this.finder = finder;
        this.minScore = settings.minFaceScore();
        this.minOtherScore = settings.minOtherFaceScore();
    }

    /** All faces, best first, in the photo's pixels. */
    List<Detection> in(RgbImage photo) {
        List<Detection> found = look(photo);
        if (found.isEmpty()) {
            found = withBorder(photo);
        }
        for (int grid = 2; found.isEmpty() && grid <= MAX_GRID; grid *= 2) {
            found = inTiles(photo, grid);
        }
        return found.size() == 1 ? List.of(closeLook(photo, found.get(0))) : found;
    }

    /**
     * Beside a sure face, an unsure one counts too: better to ask for another photo than to enrol the wrong person. One far behind the
     * person cannot be meant.
     */
    private List<Detection> look(RgbImage picture) {
        List<Detection> found = finder.detect(picture);
        double widest = found.stream()
                .filter(face -> face.score() >= minScore)
                .mapToDouble(face -> face.box().widthPx())
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        return found.stream()
                .filter(face -> face.score() >= minOtherScore && face.box().widthPx() >= MIN_WIDTH_SHARE * widest)
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

    /** Looks at grid × grid parts, each a fifth larger than its share, so that a face on a seam is whole in one of them. */
    private List<Detection> inTiles(RgbImage photo, int grid) {
        int width = Math.min(photo.widthPx(), photo.widthPx() * 6 / (5 * grid) + 1);
        int height = Math.min(photo.heightPx(), photo.heightPx() * 6 / (5 * grid) + 1);
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < grid * grid; i++) {
            int left = (photo.widthPx() - width) * (i % grid) / (grid - 1);
            int top = (photo.heightPx() - height) * (i / grid) / (grid - 1);
            for (Detection face : look(photo.crop(left, top, width, height))) {
                Detection inPhoto = moved(face, left, top);
                if (found.stream().noneMatch(seen -> seen.box().iou(inPhoto.box()) >= SEEN_TWICE_IOU)) {
                    found.add(inPhoto);
                }
            }
        }
        return found;
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
