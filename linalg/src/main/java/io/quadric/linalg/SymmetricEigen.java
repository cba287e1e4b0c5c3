package io.quadric.linalg;

import io.quadric.linalg.internal.eigen.SpectralDecomposition;
import java.util.function.DoubleUnaryOperator;

/// The eigendecomposition A = V Λ Vᵀ of a symmetric matrix, with orthonormal V.
///
/// The matrix is reduced to tridiagonal form by blocked Householder reflections, and the eigenvalues follow by the
/// implicit QL iteration (Golub & Van Loan, *Matrix Computations*, §8.3). Both steps are in double for either
/// precision: before it is rounded, each value has an error of about n ε ‖A‖ with the ε of FLOAT64. The rotations of
/// the iteration are collected and applied to strips of the vectors, in the precision of A.
///
/// ```java
/// switch (SymmetricEigen.decompose(a, ws)) {
///     case SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen) -> eigen.function(Math::exp, expOfA, ws);
///     case SymmetricEigen.Outcome.Failed failed -> log(failed.advice());
/// }
/// ```
public final class SymmetricEigen {
    private final Vector values;
    private final Matrix vectors;

    private SymmetricEigen(Vector values, Matrix vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// How a decomposition ended.
    public sealed interface Outcome {
        /// The decomposition succeeded.
        ///
        /// @param eigen the decomposition
        record Decomposed(SymmetricEigen eigen) implements Outcome {}

        /// It could not be computed.
        sealed interface Failed extends Outcome {
            /// {@return what to do about it}
            String advice();
        }

        /// An element of A is infinite or NaN, or an eigenvalue overflows in the precision of A.
        record NotFinite() implements Failed {
            @Override
            public String advice() {
                return "the matrix holds infinite or NaN elements, or its eigenvalues overflow; look where it was"
                        + " computed";
            }
        }

        /// The iteration for an eigenvalue did not converge; this is not known to happen for a finite matrix.
        ///
        /// @param index which eigenvalue, in no particular order
        record NotConverged(int index) implements Failed {
            @Override
            public String advice() {
                return "the iteration for eigenvalue " + index + " did not converge; add damping to the diagonal";
            }
        }
    }

    /// Decomposes A, of which the lower triangle is read.
    ///
    /// @param a n × n, not changed
    /// @param ws threads and scratch
    /// @return the decomposition, or why there is none
    /// @throws IllegalArgumentException if A is not square
    public static Outcome decompose(Matrix a, Workspace ws) {
        int n = a.rows();
        return decompose(a, Vector.zeros(a.precision(), n), Matrix.zeros(a.precision(), n, n), ws);
    }

    /// Decomposes A, of which the lower triangle is read, into memory of the caller, which must not be changed while
    /// the decomposition is in use.
    ///
    /// @param a n × n, not changed
    /// @param values n elements, overwritten by the eigenvalues in ascending order
    /// @param vectors n × n, overwritten by the eigenvectors, column by column; it may be A itself
    /// @param ws threads and scratch
    /// @return the decomposition, or why there is none; in that case `values` and `vectors` are unchanged
    /// @throws IllegalArgumentException if A is not square, shapes or precisions disagree, or elements are shared in
    ///     another way
    public static Outcome decompose(Matrix a, Vector values, Matrix vectors, Workspace ws) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("SymmetricEigen: a square matrix expected, got " + a.shape());
        }
        Shapes.requireElementwise("SymmetricEigen", a, vectors);
        Shapes.requireSameSize("SymmetricEigen, values", values.size(), a.rows());
        Shapes.requireSamePrecision("SymmetricEigen, values", values.precision(), a.precision());
        Shapes.requireDisjoint("SymmetricEigen", a, values.asRow());
        Shapes.requireDisjoint("SymmetricEigen", vectors, values.asRow());
        int code = SpectralDecomposition.compute(a, values, vectors, ws);
        return switch (code) {
            case SpectralDecomposition.DONE -> new Outcome.Decomposed(new SymmetricEigen(values, vectors));
            case SpectralDecomposition.NOT_FINITE -> new Outcome.NotFinite();
            default -> new Outcome.NotConverged(code);
        };
    }

    /// {@return the number of rows of A}
    public int order() {
        return values.size();
    }

    /// {@return the diagonal of Λ, in ascending order; not to be written to}
    public Vector values() {
        return values;
    }

    /// {@return V, whose column j belongs to eigenvalue j; not to be written to}
    public Matrix vectors() {
        return vectors;
    }

    /// Writes f(A) = V f(Λ) Vᵀ, both triangles.
    ///
    /// @param f a function of the eigenvalues; the result is finite only if its values are
    /// @param out n × n, overwritten, not sharing elements with V
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or `out` shares elements with V
    public void function(DoubleUnaryOperator f, Matrix out, Workspace ws) {
        Shapes.requireLike("function", vectors, out);
        Shapes.requireDisjoint("function", vectors, out);
        SpectralDecomposition.function(f, values, vectors, out, ws);
    }
}
