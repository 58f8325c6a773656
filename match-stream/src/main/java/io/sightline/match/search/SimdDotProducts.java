package io.sightline.match.search;

import io.sightline.match.simd.VectorDot;

/** By vector registers. Only where the module {@code jdk.incubator.vector} is resolved. */
final class SimdDotProducts implements DotProducts {
    @Override
    public void compute(float[] matrix, int firstRow, int rows, float[] probe, float[] products) {
        VectorDot.products(matrix, firstRow, rows, probe, products);
    }

    @Override
    public String kind() {
        return "simd";
    }
}
