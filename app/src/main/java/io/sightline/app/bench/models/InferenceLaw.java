package io.sightline.app.bench.models;

import java.util.List;
import java.util.Optional;

/**
 * The law T = B/(αP) + F/(θD) + τ of Wang, Xu and Lu (2023, equation 4): time is a multiple of multiply-adds B, one of
 * feature-map bytes F, and a constant. Fitted by least squares of the relative errors; no term is negative.
 *
 * @param multiplyAddsPerMs αP; infinite where the term is 0
 * @param bytesPerMs θD; infinite where the term is 0
 * @param constantMs τ
 * @param meanError of the fitted times, as parts of the measured ones
 * @param maxError the same, the largest
 */
public record InferenceLaw(
        double multiplyAddsPerMs, double bytesPerMs, double constantMs, double meanError, double maxError) {
    /** Three unknowns, and something to be wrong about. */
    static final int MIN_POINTS = 5;

    private static final int TERMS = 3;

    /** One network: B, F, and the measured T. */
    record Point(long multiplyAdds, long featureMapBytes, double ms) {}

    /** Empty for fewer networks than {@link #MIN_POINTS}. */
    static Optional<InferenceLaw> fit(List<Point> points) {
        return points.size() < MIN_POINTS ? Optional.empty() : Optional.of(fit(points, (1 << TERMS) - 1));
    }

    /** The same law without its second term: what is left unexplained where only multiply-adds are looked at. */
    static Optional<InferenceLaw> fitWithoutFeatureMaps(List<Point> points) {
        return points.size() < MIN_POINTS ? Optional.empty() : Optional.of(fit(points, 0b101));
    }

    /** The fitted time. */
    double ms(long multiplyAdds, long featureMapBytes) {
        return multiplyAdds / multiplyAddsPerMs + featureMapBytes / bytesPerMs + constantMs;
    }

    /** The best of all choices of terms within {@code allowed} (bits) whose factors come out positive. */
    private static InferenceLaw fit(List<Point> points, int allowed) {
        double[] best = new double[TERMS];
        double least = Double.POSITIVE_INFINITY;
        for (int terms = 1; terms <= allowed; terms++) {
            if ((terms & ~allowed) != 0) {
                continue;
            }
            double[] factors = leastSquares(points, terms);
            double squares = squares(points, factors);
            if (isPositive(factors) && squares < least) {
                best = factors;
                least = squares;
            }
        }
        return law(points, best);
    }

    private static InferenceLaw law(List<Point> points, double[] factors) {
        double sum = 0;
        double max = 0;
        for (Point point : points) {
            double error = Math.abs(relativeError(point, factors));
            sum += error;
            max = Math.max(max, error);
        }
        return new InferenceLaw(1 / factors[0], 1 / factors[1], factors[2], sum / points.size(), max);
    }

    private static boolean isPositive(double[] factors) {
        for (double factor : factors) {
            if (!(factor >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static double squares(List<Point> points, double[] factors) {
        return points.stream()
                .mapToDouble(point -> relativeError(point, factors))
                .map(error -> error * error)
                .sum();
    }

    private static double relativeError(Point point, double[] factors) {
        double fitted = 0;
        for (int i = 0; i < TERMS; i++) {
            fitted += factors[i] * term(point, i);
        }
        return fitted / point.ms() - 1;
    }

    private static double term(Point point, int number) {
        return switch (number) {
            case 0 -> point.multiplyAdds();
            case 1 -> point.featureMapBytes();
            default -> 1;
        };
    }

    /** Normal equations of the chosen terms, each row divided by its time; the others are 0. */
    private static double[] leastSquares(List<Point> points, int terms) {
        double[][] system = new double[TERMS][TERMS + 1];
        for (Point point : points) {
            for (int row = 0; row < TERMS; row++) {
                for (int column = 0; column < TERMS; column++) {
                    system[row][column] += term(point, row) * term(point, column) / (point.ms() * point.ms());
                }
                system[row][TERMS] += term(point, row) / point.ms();
            }
        }
        for (int i = 0; i < TERMS; i++) {
            if ((terms & 1 << i) == 0) {
                leaveOut(system, i);
            }
        }
        return solve(system);
    }

    private static void leaveOut(double[][] system, int term) {
        for (int i = 0; i <= TERMS; i++) {
            system[term][i] = 0;
        }
        for (double[] row : system) {
            row[term] = 0;
        }
        system[term][term] = 1;
    }

    /** Gauss-Jordan; the matrix is symmetric and positive definite but for networks that are multiples of each other. */
    private static double[] solve(double[][] system) {
        for (int pivot = 0; pivot < TERMS; pivot++) {
            for (int row = 0; row < TERMS; row++) {
                if (row != pivot) {
                    double factor = system[row][pivot] / system[pivot][pivot];
                    for (int column = pivot; column <= TERMS; column++) {
                        system[row][column] -= factor * system[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[TERMS];
        for (int i = 0; i < TERMS; i++) {
            solution[i] = system[i][TERMS] / system[i][i];
        }
        return solution;
    }
}
