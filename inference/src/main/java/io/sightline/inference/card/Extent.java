package io.sightline.inference.card;

/** Which lengths of a side a network's input takes. */
public record Extent(Rule rule, int px) {
    /** The largest side that any input may have. */
    public static final int MAX_PX = 8192;

    /** How {@link Extent#px} limits the side. */
    public enum Rule {
        /** Exactly that length. */
        FIXED,
        /** Any positive multiple of it. */
        MULTIPLE_OF
    }

    public Extent {
        if (px < 1 || px > MAX_PX) {
            throw new IllegalArgumentException("a side of " + px + " px (1 to " + MAX_PX + ")");
        }
    }

    public static Extent fixed(int px) {
        return new Extent(Rule.FIXED, px);
    }

    public static Extent multipleOf(int px) {
        return new Extent(Rule.MULTIPLE_OF, px);
    }

    /** Whether the network takes a side of {@code sidePx}. */
    public boolean fits(int sidePx) {
        return switch (rule) {
            case FIXED -> sidePx == px;
            case MULTIPLE_OF -> sidePx > 0 && sidePx <= MAX_PX && sidePx % px == 0;
        };
    }

    public boolean isFixed() {
        return rule == Rule.FIXED;
    }

    @Override
    public String toString() {
        return switch (rule) {
            case FIXED -> px + " px";
            case MULTIPLE_OF -> "a multiple of " + px + " px";
        };
    }
}
