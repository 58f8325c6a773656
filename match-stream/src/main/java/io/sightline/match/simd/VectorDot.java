package io.sightline.match.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Dot products of one probe with rows of a matrix, in the widest registers that the processor prefers. */
public final class VectorDot {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorDot() {}

    /**
     * Writes {@code products[i] = matrix[firstRow + i] · probe} for {@code rows} rows.
     *
     * @param matrix {@code [allRows][dimension]}, flat
     * @param probe {@code [dimension]}
     * @param products {@code [at least rows]}
     */
    public static void products(float[] matrix, int firstRow, int rows, float[] probe, float[] products) {
        for (int row = 0; row < rows; row++) {
            products[row] = product(matrix, (firstRow + row) * probe.length, probe);
        }
    }

    /*
     * Four sums, since one would wait for the latency of each addition. Multiply and add stay apart: fused they are no faster, as
     * the rows come from memory, and where a processor lacks the fused instruction it is emulated, a hundred times as slow.
     */
    private static float product(float[] matrix, int offset, float[] probe) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (int end = probe.length - 4 * LANES; i <= end; i += 4 * LANES) {
            sum0 = sum0.add(part(matrix, offset, probe, i));
            sum1 = sum1.add(part(matrix, offset, probe, i + LANES));
            sum2 = sum2.add(part(matrix, offset, probe, i + 2 * LANES));
            sum3 = sum3.add(part(matrix, offset, probe, i + 3 * LANES));
        }
        for (; i <= probe.length - LANES; i += LANES) {
            sum0 = sum0.add(part(matrix, offset, probe, i));
        }
        float product = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
        for (; i < probe.length; i++) {
            product += matrix[offset + i] * probe[i];
        }
        return product;
    }

    private static FloatVector part(float[] matrix, int offset, float[] probe, int i) {
        return FloatVector.fromArray(SPECIES, matrix, offset + i).mul(FloatVector.fromArray(SPECIES, probe, i));
    }
}
