package io.sightline.match.search;

/** The reference in plain Java, and what serves where the Vector API is not to be had. */
final class ScalarDotProducts implements DotProducts {
    @Override
    public void compute(float[] matrix, int firstRow, int rows, float[] probe, float[] products) {
        for (int row = 0; row < rows; row++) {
            int offset = (firstRow + row) * probe.length;
            float sum = 0;
            for (int i = 0; i < probe.length; i++) {
                sum += matrix[offset + i] * probe[i];
            }
            products[row] = sum;
        }
    }

    @Override
    public String kind() {
        return "scalar";
    }
}
