package io.sightline.match.search;

/** Dot products of one probe with many rows. Thread-safe. */
public interface DotProducts {
    /**
     * Writes {@code products[i] = matrix[firstRow + i] · probe} for {@code rows} rows.
     *
     * @param matrix {@code [allRows][dimension]}, flat
     * @param probe {@code [dimension]}
     * @param products {@code [at least rows]}
     */
    void compute(float[] matrix, int firstRow, int rows, float[] probe, float[] products);

    /** What computes, for logs and {@code /info}: {@code simd} or {@code scalar}. */
    String kind();

    /** By vector registers where the JVM was started with {@code --add-modules jdk.incubator.vector}, else plain Java. */
    static DotProducts fastest() {
        boolean hasVectors =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return hasVectors ? new SimdDotProducts() : new ScalarDotProducts();
    }
}
