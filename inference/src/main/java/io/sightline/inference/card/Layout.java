package io.sightline.inference.card;

/** The order of an input's dimensions. */
public enum Layout {
    /** {@code [batch][channel][row][column]}, 32-bit floats. */
    NCHW
}
