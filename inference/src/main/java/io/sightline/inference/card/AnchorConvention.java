package io.sightline.inference.card;

/**
 * How a detector's numbers become scores, boxes and landmarks. They come in planes, as told here, or in rows: an anchor's
 * values adjacent, background before face, anchors ordered by row, column and q. In planes a level of stride S gives planes of h×w
 * (h = input height / S): {@code 2A} for scores, {@code 4A} for boxes and {@code 10A} for landmarks, where A is the number
 * of anchors and q counts them; (i, j) is column and row of a cell, a the anchor's side in input pixels.
 */
public enum AnchorConvention {
    /**
     * InsightFace's RetinaFace (MXNet). Anchor centre (S·i + 7.5, S·j + 7.5); face score in plane {@code A + q};
     * cx = X + a·d0, cy = Y + a·d1, w = a·exp(d2), h = a·exp(d3), box = centre ∓ (side − 1)/2; landmark = centre +
     * a·K·l with K the card's landmark factor. Variances are 1.
     */
    INSIGHTFACE,
    /**
     * Pytorch_Retinaface. Anchor centre ((i + 0.5)·S, (j + 0.5)·S); face score in plane {@code 2q + 1}; cx = X +
     * a·vc·d0, cy = Y + a·vc·d1, w = a·exp(vs·d2), h = a·exp(vs·d3), box = centre ∓ side/2; landmark = centre + a·vc·K·l,
     * with vc and vs the card's centre and size variance.
     */
    PYTORCH_RETINAFACE
}
