package io.sightline.app.evaluate.metric;

import io.sightline.match.search.DotProducts;

/**
 * All comparisons of a table's rows, or of one table's with another's, by whether they are mated. Work comes in tiles of {@value #TILE_ROWS} rows, which stay in
 * the processor's cache while every probe passes; tiles are independent, so threads may take one each and join the tallies.
 */
public final class ComparisonTally {
    /** 512 dimensions: 512 KiB. */
    public static final int TILE_ROWS = 256;

    private final SimilarityHistogram mated = new SimilarityHistogram();
    private final SimilarityHistogram nonMated = new SimilarityHistogram();

    /** How many tiles a table has. */
    public static int tiles(VectorTable table) {
        return (table.rows() + TILE_ROWS - 1) / TILE_ROWS;
    }

    /** Every row of the tile with every row before it, so that over all tiles each pair is counted once. */
    public static ComparisonTally within(VectorTable table, int tile, DotProducts products) {
        ComparisonTally tally = new ComparisonTally();
        int first = tile * TILE_ROWS;
        int end = Math.min(table.rows(), first + TILE_ROWS);
        float[] block = new float[TILE_ROWS];
        for (int probe = 0; probe < end; probe++) {
            int from = Math.max(first, probe + 1);
            if (from < end) {
                products.compute(table.values(), from, end - from, table.vector(probe), block);
                for (int row = from; row < end; row++) {
                    boolean isMated = table.person(row) == table.person(probe);
                    (isMated ? tally.mated : tally.nonMated).add(block[row - from]);
                }
            }
        }
        return tally;
    }

    /** Every row of the tile with every probe, non-mated ones only: own pairs of probes are another question. */
    public static ComparisonTally nonMated(VectorTable probes, VectorTable table, int tile, DotProducts products) {
        ComparisonTally tally = new ComparisonTally();
        int first = tile * TILE_ROWS;
        int rows = Math.min(table.rows(), first + TILE_ROWS) - first;
        float[] block = new float[TILE_ROWS];
        for (int probe = 0; probe < probes.rows(); probe++) {
            products.compute(table.values(), first, rows, probes.vector(probe), block);
            for (int i = 0; i < rows; i++) {
                if (table.person(first + i) != probes.person(probe)) {
                    tally.nonMated.add(block[i]);
                }
            }
        }
        return tally;
    }

    /** Takes in another's counts. */
    public void add(ComparisonTally other) {
        mated.add(other.mated);
        nonMated.add(other.nonMated);
    }

    public SimilarityHistogram mated() {
        return mated;
    }

    public SimilarityHistogram nonMated() {
        return nonMated;
    }
}
