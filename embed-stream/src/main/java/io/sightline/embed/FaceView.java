package io.sightline.embed;

import io.sightline.contracts.face.Landmarks;
import io.sightline.inference.RgbImage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A face as the embedder is given it.
 *
 * @param picture the picture or crop that holds it; asked at most once, and only if the face is large enough to be worth decoding; empty
 *     when it cannot be read
 * @param landmarks in that picture's pixels
 * @param faceWidthPx width of the face's box in pixels of the original frame or photo, whatever the picture was scaled to since
 */
public record FaceView(Supplier<Optional<RgbImage>> picture, Landmarks landmarks, float faceWidthPx) {
    public static FaceView in(RgbImage picture, Landmarks inPicture, float faceWidthPx) {
        return new FaceView(() -> Optional.of(picture), inPicture, faceWidthPx);
    }
}
