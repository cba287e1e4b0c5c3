package io.quadric.linalg;

import io.quadric.linalg.internal.factor.TriangularSolve;

/// A triangle of a square matrix, taken as a triangular matrix T; the other triangle is not read.
///
/// @param matrix n × n
/// @param part which triangle
public record Triangular(Matrix matrix, Part part) {
    /// Which elements of the matrix make up T.
    public enum Part {
        /// On and below the diagonal.
        LOWER,
        /// Below the diagonal; the diagonal is all ones.
        UNIT_LOWER,
        /// On and above the diagonal.
        UPPER,
        /// Above the diagonal; the diagonal is all ones.
        UNIT_UPPER
    }

    /// Checks that the matrix is square.
    ///
    /// @throws IllegalArgumentException if it is not
    public Triangular {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException("Triangular: a square matrix expected, got " + matrix.shape());
        }
    }

    /// Overwrites B with T⁻¹B. A zero on the diagonal of T leads to infinities and NaN.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if B has another number of rows or precision, or shares elements with T
    public void solve(Matrix b, Workspace ws) {
        check("solve", b);
        solver().solve(b, ws);
    }

    /// Overwrites B with T⁻ᵀB. A zero on the diagonal of T leads to infinities and NaN.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if B has another number of rows or precision, or shares elements with T
    public void solveTransposed(Matrix b, Workspace ws) {
        check("solveTransposed", b);
        solver().solveTransposed(b, ws);
    }

    private TriangularSolve solver() {
        boolean upper = part == Part.UPPER || part == Part.UNIT_UPPER;
        boolean unit = part == Part.UNIT_LOWER || part == Part.UNIT_UPPER;
        return new TriangularSolve(matrix, upper, unit);
    }

    private void check(String operation, Matrix b) {
        if (b.rows() != matrix.rows()) {
            throw new IllegalArgumentException(
                    operation + ": a triangle of order " + matrix.rows() + " does not fit " + b.shape());
        }
        Shapes.requireSamePrecision(operation, b.precision(), matrix.precision());
        Shapes.requireDisjoint(operation, matrix, b);
    }
}
