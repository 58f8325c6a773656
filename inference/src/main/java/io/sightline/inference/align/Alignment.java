package io.sightline.inference.align;

/**
 * How a face lies in its picture.
 *
 * @param toTemplate from the picture's coordinates to the template's
 * @param residualPx root-mean-square distance of the moved landmarks from the template, template pixels: small for a frontal face,
 *     growing as the head turns
 */
public record Alignment(SimilarityTransform toTemplate, float residualPx) {}
