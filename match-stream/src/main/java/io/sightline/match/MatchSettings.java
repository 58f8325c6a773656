package io.sightline.match;

import io.sightline.match.decide.DecisionRule;
import io.sightline.match.decide.EvidenceRule;
import io.sightline.match.picture.PictureSettings;
import io.sightline.match.sighting.SightingRule;
import io.sightline.runtime.settings.Section;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How names are decided and visits told apart. Similarities belong to an embedder: until {@link #forEmbedder} was called, those that were
 * not set are placeholders.
 *
 * @param given similarities that were set and so beat the embedder's card
 */
public record MatchSettings(
        Given given,
        DecisionRule rule,
        EvidenceRule evidence,
        SightingRule sightings,
        FlowSettings flow,
        PictureSettings pictures) {
    private static final double PLACEHOLDER_THRESHOLD = 0.40;
    private static final double PLACEHOLDER_MARGIN = 0.10;
    /** Frames of one face resemble their sum far more than a stranger resembles anybody; three quarters of the threshold part them. */
    private static final double RESTART_SHARE_OF_THRESHOLD = 0.75;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Similarities that were set; those absent follow the embedder's card. */
    public record Given(
            OptionalDouble threshold, OptionalDouble margin, OptionalDouble restartBelow, OptionalDouble sameUnknown) {
        static final Given NOTHING = new Given(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static MatchSettings defaults() {
        EvidenceRule evidence = new EvidenceRule(0, 12, 0, Duration.ofMillis(400));
        SightingRule sightings = new SightingRule(2, 3, 0, Duration.ofSeconds(3), Duration.ofSeconds(1));
        return new MatchSettings(
                        Given.NOTHING,
                        new DecisionRule(PLACEHOLDER_THRESHOLD, PLACEHOLDER_MARGIN),
                        evidence,
                        sightings,
                        FlowSettings.defaults(),
                        PictureSettings.defaults())
                .forEmbedder(PLACEHOLDER_THRESHOLD, PLACEHOLDER_MARGIN);
    }

    /** Reads the section {@code match}; mistakes become its problems. */
    public static MatchSettings read(Section section) {
        MatchSettings defaults = defaults();
        Given given = new Given(
                cosine(section, "threshold", 0),
                cosine(section, "margin", 0),
                cosine(section.section("evidence"), "restart-below", -1),
                cosine(section.section("sightings"), "same-unknown", 0));
        return new MatchSettings(
                        given,
                        defaults.rule,
                        evidence(section.section("evidence"), defaults.evidence),
                        sightings(section.section("sightings"), defaults.sightings),
                        FlowSettings.read(section),
                        PictureSettings.read(section.section("pictures")))
                .forEmbedder(PLACEHOLDER_THRESHOLD, PLACEHOLDER_MARGIN);
    }

    /** With the threshold and margin of the embedder's card, where none were set. */
    public MatchSettings forEmbedder(double cardThreshold, double cardMargin) {
        DecisionRule decision = new DecisionRule(
                given.threshold().orElse(cardThreshold), given.margin().orElse(cardMargin));
        double restartBelow = given.restartBelow().orElse(decision.threshold() * RESTART_SHARE_OF_THRESHOLD);
        double sameUnknown = given.sameUnknown().orElse(decision.threshold());
        return new MatchSettings(
                given,
                decision,
                new EvidenceRule(evidence.minQuality(), evidence.maxWeight(), restartBelow, evidence.holdName()),
                new SightingRule(
                        sightings.minKnownFrames(),
                        sightings.minUnknownFrames(),
                        sameUnknown,
                        sightings.gap(),
                        sightings.updateInterval()),
                flow,
                pictures);
    }

    private static OptionalDouble cosine(Section section, String key, double min) {
        return section.optionalText(key).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(section.decimal(key, PLACEHOLDER_THRESHOLD, min, 1));
    }

    private static EvidenceRule evidence(Section section, EvidenceRule defaults) {
        return new EvidenceRule(
                section.decimal("min-quality", defaults.minQuality(), 0, 1),
                section.decimal("max-weight", defaults.maxWeight(), 0.1, 1_000),
                defaults.restartBelow(),
                section.millis("hold-name-ms", defaults.holdName(), Duration.ZERO, MINUTE));
    }

    private static SightingRule sightings(Section section, SightingRule defaults) {
        return new SightingRule(
                section.integer("min-known-frames", defaults.minKnownFrames(), 1, 1_000),
                section.integer("min-unknown-frames", defaults.minUnknownFrames(), 1, 1_000),
                defaults.sameUnknown(),
                section.millis("gap-ms", defaults.gap(), Duration.ofMillis(100), HOUR),
                section.millis("update-interval-ms", defaults.updateInterval(), Duration.ZERO, HOUR));
    }
}
