package io.sightline.detect;

/** What a run of the network gave, by the names of its outputs. */
interface HeadOutputs {
    /** All values, the last dimension adjacent. */
    float[] values(String name);

    /** How many dimensions it has: 4 for planes, 3 for rows. */
    int rank(String name);
}
