package io.sightline.contracts.frame;

/** A record of the topic {@code frames}: an open frame with its picture, or settled ones without. */
public record Frame(FrameHeader header, Jpeg picture) {
    public Frame {
        if (header.isSettled() && !picture.isEmpty()) {
            throw new IllegalArgumentException("frame " + header.id() + " is settled but carries a picture");
        }
    }

    /** A settled frame, or a run of them. */
    public static Frame settled(FrameHeader header) {
        return new Frame(header, Jpeg.none());
    }
}
