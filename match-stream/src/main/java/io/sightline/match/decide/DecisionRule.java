package io.sightline.match.decide;

/**
 * When a similarity names.
 *
 * @param threshold the least cosine that names
 * @param margin the least distance between the cosines to the best person and to the best other one
 */
public record DecisionRule(double threshold, double margin) {
    public DecisionRule {
        if (!(threshold > -1 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not a cosine above -1 and at most 1");
        }
        if (!(margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException("margin " + margin + " is not within 0 and 1");
        }
    }
}
