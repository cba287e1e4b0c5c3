package io.quadric.linalg;

import io.quadric.linalg.internal.eigen.GeneralEigenvalues;

/// The eigenvalues of a square matrix that need not be symmetric: real eigenvalues and pairs of complex conjugates, by
/// descending magnitude. For a symmetric matrix [SymmetricEigen] is faster and more accurate.
///
/// The matrix is balanced, reduced to Hessenberg form by Householder reflections, and from there the eigenvalues follow
/// by the QR iteration with implicit double shifts (Golub & Van Loan, *Matrix Computations*, §7.5), in double for
/// either precision. They are the exact eigenvalues of a matrix that differs from the balanced A by about n ε ‖A‖ with
/// the ε of FLOAT64; if A is far from normal, they can be off by much more than that.
///
/// ```java
/// switch (Eigenvalues.of(a, ws)) {
///     case Eigenvalues.Outcome.Computed(Eigenvalues values) -> w.scale(1 / values.spectralRadius());
///     case Eigenvalues.Outcome.Failed failed -> log(failed.advice());
/// }
/// ```
public final class Eigenvalues {
    private final Vector real;
    private final Vector imaginary;

    private Eigenvalues(Vector real, Vector imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    /// How a computation ended.
    public sealed interface Outcome {
        /// The computation succeeded.
        ///
        /// @param values the eigenvalues
        record Computed(Eigenvalues values) implements Outcome {}

        /// The eigenvalues could not be computed.
        sealed interface Failed extends Outcome {
            /// {@return what to do about it}
            String advice();
        }

        /// An element of A is infinite or NaN.
        record NotFinite() implements Failed {
            @Override
            public String advice() {
                return "the matrix holds infinite or NaN elements; look where it was computed";
            }
        }

        /// The iteration for an eigenvalue did not converge; this is rare.
        ///
        /// @param index which eigenvalue, in no particular order
        record NotConverged(int index) implements Failed {
            @Override
            public String advice() {
                return "the iteration for eigenvalue " + index + " did not converge; change the matrix a little";
            }
        }
    }

    /// Computes the eigenvalues of A.
    ///
    /// @param a n × n, not changed
    /// @param ws threads and scratch
    /// @return the eigenvalues, or why there are none
    /// @throws IllegalArgumentException if A is not square
    public static Outcome of(Matrix a, Workspace ws) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("Eigenvalues: a square matrix expected, got " + a.shape());
        }
        double[] real = new double[a.rows()];
        double[] imaginary = new double[a.rows()];
        int code = GeneralEigenvalues.compute(a, real, imaginary, ws);
        return switch (code) {
            case GeneralEigenvalues.DONE ->
                new Outcome.Computed(new Eigenvalues(Vector.of(real), Vector.of(imaginary)));
            case GeneralEigenvalues.NOT_FINITE -> new Outcome.NotFinite();
            default -> new Outcome.NotConverged(code);
        };
    }

    /// {@return the number of rows of A}
    public int order() {
        return real.size();
    }

    /// {@return the real parts, FLOAT64; not to be written to}
    public Vector real() {
        return real;
    }

    /// {@return the imaginary parts, FLOAT64, the positive one of a pair first; not to be written to}
    public Vector imaginary() {
        return imaginary;
    }

    /// {@return the largest magnitude of an eigenvalue, 0 if there are none}
    public double spectralRadius() {
        return order() == 0 ? 0 : Math.hypot(real.get(0), imaginary.get(0));
    }
}
