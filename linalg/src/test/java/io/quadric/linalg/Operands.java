package io.quadric.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Matrices for tests.
public final class Operands {
    private Operands() {}

    /// A reproducible source of numbers.
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Standard normal elements.
    public static Matrix gaussian(Precision precision, int rows, int columns, long seed) {
        Matrix m = Matrix.zeros(precision, rows, columns);
        Sampling.gaussian(0, 1, random(seed), m);
        return m;
    }

    /// The same elements as a view with `gap` elements between its rows and as many before the first; the elements
    /// around it are NaN, so that whoever reads them shows.
    public static Matrix inside(Matrix x, int gap) {
        Matrix around = Matrix.zeros(x.precision(), x.rows() + 2, x.columns() + 2 * gap).fill(Double.NaN);
        Matrix view = around.rows(1, x.rows() + 1).columns(gap, gap + x.columns());
        return view.copyFrom(x);
    }

    /// G Gᵀ / n + shift I with Gaussian G: symmetric positive definite.
    public static Matrix positiveDefinite(Precision precision, int n, double shift, long seed) {
        Matrix a = Matrix.zeros(precision, n, n);
        if (n > 0) {
            new Gemm(1.0 / n, 0).syrk(gaussian(precision, n, n, seed), a, Workspace.serial());
        }
        return a.addToDiagonal(shift);
    }
}
