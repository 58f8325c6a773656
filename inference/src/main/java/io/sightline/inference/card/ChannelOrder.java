package io.sightline.inference.card;

/** Which colour a network's first input plane holds. */
public enum ChannelOrder {
    RGB,
    BGR
}
