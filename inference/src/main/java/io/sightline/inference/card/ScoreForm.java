package io.sightline.inference.card;

/** What a detector's two scores per anchor, background and face, are. */
public enum ScoreForm {
    /** Probabilities that add up to 1. */
    PROBABILITIES,
    /** Logits; their softmax gives the probabilities. */
    LOGITS
}
