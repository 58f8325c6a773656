package io.sightline.detect;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.topic.Topic;
import io.sightline.detect.jpeg.JpegEncoder;
import io.sightline.inference.RgbImage;
import java.util.List;

/**
 * Cuts faces out of the full-resolution frame, each with enough around it that whatever is made of it later (the aligned
 * 112×112 face of a head tilted by 45°) finds all its pixels.
 *
 * <p>A crop is a square of 2.2 times the box's longer side, moved into the frame where it would stick out. The aligned face
 * spans half of it, so a crop of 256 pixels loses nothing that 112 could show. Crops of a crowd that would not fit into one
 * record are made again smaller and coarser.
 */
final class CropCutter {
    private static final float SIDE_PER_FACE = 2.2f;
    /** What all crops of a frame may take; the rest of the record is for boxes, landmarks and ids. */
    private static final int MAX_TOTAL_BYTES = Topic.MAX_RECORD_BYTES - 512 * 1024;

    private final List<Form> forms;

    /** How crops are written: at most so many pixels a side, at this JPEG quality. */
    private record Form(int maxSidePx, JpegEncoder encoder) {}

    CropCutter(int maxSidePx) {
        forms = List.of(
                new Form(maxSidePx, new JpegEncoder(2)),
                new Form(Math.min(maxSidePx, 192), new JpegEncoder(6)),
                new Form(Math.min(maxSidePx, 128), new JpegEncoder(12)));
    }

    /** One crop per box, in the same order. */
    List<Crop> cut(RgbImage picture, List<Box> faces) {
        List<Crop> crops = List.of();
        for (Form form : forms) {
            crops = faces.stream().map(face -> cut(picture, face, form)).toList();
            if (crops.stream().mapToLong(crop -> crop.picture().sizeBytes()).sum() <= MAX_TOTAL_BYTES) {
                return crops;
            }
        }
        return crops;
    }

    private static Crop cut(RgbImage picture, Box face, Form form) {
        Region wanted = regionAround(face, picture.widthPx(), picture.heightPx());
        float scale = Math.max(1, (float) longest(wanted) / form.maxSidePx());
        int whole = Math.min((int) scale, Math.min(wanted.widthPx(), wanted.heightPx()));
        Region region = new Region(
                wanted.left(), wanted.top(), wanted.widthPx() / whole * whole, wanted.heightPx() / whole * whole);
        RgbImage coarse = Resampler.scaled(picture, region, region.widthPx() / whole, region.heightPx() / whole);
        return fine(coarse, region, form);
    }

    /** From what was shrunk by a whole factor, which is quick, to the size wanted. */
    private static Crop fine(RgbImage coarse, Region region, Form form) {
        float scale = Math.max(1, (float) longest(region) / form.maxSidePx());
        RgbImage picture = Resampler.scaled(
                coarse,
                Region.whole(coarse),
                Math.max(1, Math.round(region.widthPx() / scale)),
                Math.max(1, Math.round(region.heightPx() / scale)));
        return new Crop(form.encoder().encode(picture), region.left(), region.top(), scale);
    }

    private static int longest(Region region) {
        return Math.max(region.widthPx(), region.heightPx());
    }

    static Region regionAround(Box face, int widthPx, int heightPx) {
        double side = Math.max(face.widthPx(), face.heightPx()) * SIDE_PER_FACE;
        int width = (int) Math.max(1, Math.min(widthPx, Math.ceil(side)));
        int height = (int) Math.max(1, Math.min(heightPx, Math.ceil(side)));
        return new Region(
                start((face.left() + face.right()) / 2, width, widthPx),
                start((face.top() + face.bottom()) / 2, height, heightPx),
                width,
                height);
    }

    private static int start(float centre, int length, int limit) {
        return (int) Math.max(0, Math.min(limit - length, Math.round((double) centre - length / 2.0)));
    }
}
