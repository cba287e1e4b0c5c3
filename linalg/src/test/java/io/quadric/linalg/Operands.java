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

    /// Symmetric positive definite with eigenvalues from 1 down to 1 / condition, in geometric progression: a diagonal
    /// matrix between three reflections I − 2vvᵀ.
    public static Matrix conditioned(Precision precision, int n, double condition, long seed) {
        Matrix a = Matrix.zeros(Precision.FLOAT64, n, n);
        for (int i = 0; i < n; i++) {
            a.set(i, i, Math.pow(condition, n == 1 ? 0 : -i / (n - 1.0)));
        }
        Vector product = Vector.zeros(Precision.FLOAT64, n);
        Matrix directions = gaussian(Precision.FLOAT64, 3, n, seed);
        for (int reflection = 0; reflection < 3 && n > 0; reflection++) {
            Vector v = directions.row(reflection);
            v.scale(1 / v.norm());
            Gemm.SET.multiply(a, v, product, Workspace.serial());
            product.axpy(-v.dot(product), v);
            new Gemm(-2, 1).outer(v, product, a, Workspace.serial());
            new Gemm(-2, 1).outer(product, v, a, Workspace.serial());
        }
        return a.copy(precision);
    }

    /// Element (i, j) if it belongs to the part, else `other`; the diagonal of a unit triangle likewise, or ones if
    /// `other` is 0.
    public static Matrix triangle(Matrix a, Triangular.Part part, double other) {
        Matrix t = a.copy();
        boolean upper = part.name().endsWith("UPPER");
        for (int i = 0; i < a.rows(); i++) {
            t.row(i).slice(upper ? 0 : i + 1, upper ? i : a.rows()).fill(other);
            if (part.name().startsWith("UNIT")) {
                t.set(i, i, other == 0 ? 1 : other);
            }
        }
        return t;
    }
}
