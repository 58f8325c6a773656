package io.sightline.inference.align;

/**
 * The slow, independent reference for {@link SimilarityTransform#leastSquares}: writes each point as two linear equations in a, b, c, d,
 * multiplies by the transposed matrix and eliminates.
 */
final class NormalEquations {
    private static final int UNKNOWNS = 4;

    private NormalEquations() {}

    /** a, b, c, d. */
    static double[] similarity(double[] from, double[] to) {
        double[][] system = new double[UNKNOWNS][UNKNOWNS + 1];
        for (int i = 0; i < from.length; i += 2) {
            add(system, new double[] {from[i], -from[i + 1], 1, 0}, to[i]);
            add(system, new double[] {from[i + 1], from[i], 0, 1}, to[i + 1]);
        }
        return eliminated(system);
    }

    private static void add(double[][] system, double[] row, double right) {
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int j = 0; j < UNKNOWNS; j++) {
                system[i][j] += row[i] * row[j];
            }
            system[i][UNKNOWNS] += row[i] * right;
        }
    }

    /** Gauss and Jordan, with the largest pivot of each column. */
    private static double[] eliminated(double[][] system) {
        for (int column = 0; column < UNKNOWNS; column++) {
            int best = column;
            for (int row = column + 1; row < UNKNOWNS; row++) {
                if (Math.abs(system[row][column]) > Math.abs(system[best][column])) {
                    best = row;
                }
            }
            double[] pivot = system[best];
            system[best] = system[column];
            system[column] = pivot;
            for (int row = 0; row < UNKNOWNS; row++) {
                double factor = row == column ? 0 : system[row][column] / pivot[column];
                for (int i = column; i <= UNKNOWNS; i++) {
                    system[row][i] -= factor * pivot[i];
                }
            }
        }
        double[] solution = new double[UNKNOWNS];
        for (int i = 0; i < UNKNOWNS; i++) {
            solution[i] = system[i][UNKNOWNS] / system[i][i];
        }
        return solution;
    }
}
