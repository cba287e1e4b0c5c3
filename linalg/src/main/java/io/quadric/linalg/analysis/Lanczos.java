package io.quadric.linalg.analysis;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import java.util.random.RandomGenerator;

/// The Lanczos process with full reorthogonalisation (Golub & Van Loan, *Matrix Computations*, §10.1): from products
/// alone it finds the ends of the spectrum of a large symmetric operator, and a quadrature rule for its density.
///
/// It keeps `steps` vectors of the operator's size.
///
/// @param steps the largest number of products, at least 1
public record Lanczos(int steps) {
    /// A new vector that is smaller than this many rounding errors of the product it came from is nothing but rounding:
    /// the Krylov space is exhausted.
    private static final double ROUNDING_ERRORS = 1000;

    /// Checks the number.
    ///
    /// @throws IllegalArgumentException if it is below 1
    public Lanczos {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + ", expected at least 1");
        }
    }

    /// Starts from a random direction, as is needed for the ends of the spectrum and for a [SpectralDensity].
    ///
    /// @param operator B
    /// @param random the source of the direction
    /// @param ws threads and scratch
    /// @return Ritz values of B
    /// @throws IllegalStateException if a product with B is not finite
    public RitzValues run(SelfAdjointOperator operator, RandomGenerator random, Workspace ws) {
        try (var frame = ws.open()) {
            Vector start = frame.vector(operator.precision(), operator.size());
            Sampling.gaussian(0, 1, random, start.asRow());
            return run(operator, start, ws);
        }
    }

    /// Starts from a given direction.
    ///
    /// @param operator B
    /// @param start the direction, of any length but zero
    /// @param ws threads and scratch
    /// @return Ritz values of B
    /// @throws IllegalArgumentException if the start is zero or not finite
    /// @throws IllegalStateException if a product with B is not finite
    public RitzValues run(SelfAdjointOperator operator, Vector start, Workspace ws) {
        double norm = start.norm();
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw new IllegalArgumentException("the starting vector has norm " + norm + ", expected a positive number");
        }
        int most = Math.min(steps, operator.size());
        Matrix tridiagonal = Matrix.zeros(Precision.FLOAT64, most, most);
        try (var frame = ws.open()) {
            Matrix basis = frame.matrix(operator.precision(), most, operator.size());
            basis.row(0).copyFrom(start);
            basis.row(0).scale(1 / norm);
            double rest = 0;
            int size = 0;
            while (size < most) {
                rest = extend(operator, basis, size++, tridiagonal, ws);
                if (rest == 0) {
                    break;
                }
            }
            return values(tridiagonal.rows(0, size).columns(0, size), rest, ws);
        }
    }

    /// Takes one more step.
    ///
    /// @return the norm of the product's remainder, 0 if that is nothing but rounding
    private static double extend(SelfAdjointOperator operator, Matrix basis, int j, Matrix t, Workspace ws) {
        try (var frame = ws.open()) {
            Vector w = frame.vector(basis.precision(), basis.columns());
            operator.apply(basis.row(j), w, ws);
            double before = w.norm();
            if (!Double.isFinite(before)) {
                throw new IllegalStateException("product " + (j + 1) + " of the Lanczos process is not finite");
            }
            t.set(j, j, basis.row(j).dot(w));
            Matrix known = basis.rows(0, j + 1);
            Matrix shares = frame.matrix(basis.precision(), j + 1, 1);
            Matrix column = w.asMatrix(w.size(), 1);
            // twice is enough
            for (int pass = 0; pass < 2; pass++) {
                Gemm.SET.multiply(known, column, shares, ws);
                new Gemm(-1, 1).multiply(known.t(), shares, column, ws);
            }
            double rest = w.norm();
            if (rest <= ROUNDING_ERRORS * basis.precision().epsilon() * before) {
                return 0;
            }
            if (j + 1 < basis.rows()) {
                t.set(j + 1, j, rest);
                t.set(j, j + 1, rest);
                w.scale(1 / rest);
                basis.row(j + 1).copyFrom(w);
            }
            return rest;
        }
    }

    private static RitzValues values(Matrix tridiagonal, double rest, Workspace ws) {
        return switch (SymmetricEigen.decompose(tridiagonal.copy(), ws)) {
            case SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen) -> ritz(eigen, rest);
            case SymmetricEigen.Outcome.Failed failed -> throw new IllegalStateException(failed.advice());
        };
    }

    private static RitzValues ritz(SymmetricEigen eigen, double rest) {
        int n = eigen.values().size();
        double[] values = new double[n];
        double[] weights = new double[n];
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = eigen.values().get(i);
            double first = eigen.vectors().get(0, i);
            weights[i] = first * first;
            residuals[i] = Math.abs(rest * eigen.vectors().get(n - 1, i));
        }
        return new RitzValues(Vector.of(values), Vector.of(weights), Vector.of(residuals));
    }
}
