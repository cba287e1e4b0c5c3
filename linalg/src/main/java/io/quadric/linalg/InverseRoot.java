package io.quadric.linalg;

import io.quadric.linalg.internal.root.CoupledNewton;
import io.quadric.linalg.internal.root.CoupledPolynomials;
import io.quadric.linalg.internal.root.LowRankRoot;

/// The inverse p-th root (A + λI)^(−1/p) of a symmetric positive definite matrix.
///
/// It is computed by a coupled iteration that derives from the Newton iteration of Guo & Higham (2006, *A Schur–Newton
/// method for the matrix p-th root and its inverse*, §2), which Shampoo uses (Anil et al. 2020; Ren 2022, Algorithm 16
/// and §4.7.2). It begins with M = z(A + λI) and H = z^(1/p) I, where z = 1/‖A + λI‖ in the Frobenius norm, and repeats
///
///     M ← cM, H ← c^(1/p) H,   T = ((p + 1) I − M) / p,   M ← Tᵖ M,   H ← H T
///
/// until no element of M − I exceeds the tolerance; then H is the root. The stretch c ≥ 1 follows from bounds of the
/// eigenvalues of M, which begin with λ. It makes small eigenvalues grow by up to p + 1 times as much in an iteration,
/// and is 1 near the end. With c = 1 throughout, this is the published iteration, which takes twice as many steps.
///
/// For larger matrices the same bounds allow polynomials T of higher degree, which need fewer products in all, and the
/// root of a matrix A that is of low rank, up to rounding, is computed from a factor of A, in double. Where neither
/// applies, the iteration is Newton's. If it reaches the limit of iterations, or its error exceeds both the error
/// before and those bounds by a factor of 1.2, the root is computed by [#byEigendecomposition]. For matrices of high
/// condition, rounding makes the error grow.
///
/// @param root p, at least 1
/// @param maxIterations the largest number of iterations, at least 0
/// @param tolerance the iteration ends when no element, or no eigenvalue, of M − I is larger than this
public record InverseRoot(int root, int maxIterations, double tolerance) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public InverseRoot {
        if (root < 1 || maxIterations < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "an inverse root needs root ≥ 1, maxIterations ≥ 0 and tolerance ≥ 0, got "
                            + root + ", " + maxIterations + ", " + tolerance);
        }
    }

    /// {@return the inverse root with the limits of Ren (2022, §4.7.2): 100 iterations, tolerance 1e-6}
    ///
    /// @param root p, at least 1
    public static InverseRoot of(int root) {
        return new InverseRoot(root, 100, 1e-6);
    }

    /// How a computation ended.
    public sealed interface Outcome {
        /// {@return whether the root was written}
        default boolean succeeded() {
            return !(this instanceof Failed);
        }

        /// The root was computed from a factor of A with few columns.
        ///
        /// @param rank the number of its columns
        record OfLowRank(int rank) implements Outcome {}

        /// The iteration converged.
        ///
        /// @param iterations the number of iterations
        /// @param error the largest element of |M − I|, or an estimate of its largest eigenvalue
        record Converged(int iterations, double error) implements Outcome {}

        /// The root was computed from the eigendecomposition.
        ///
        /// @param smallest the smallest eigenvalue of A + λI
        record FromEigenvalues(double smallest) implements Outcome {}

        /// There is no root, or it could not be computed.
        sealed interface Failed extends Outcome {
            /// {@return what to do about it}
            String advice();
        }

        /// An eigenvalue of A + λI is not positive.
        ///
        /// @param eigenvalue the smallest
        record NotPositiveDefinite(double eigenvalue) implements Failed {
            @Override
            public String advice() {
                return "the smallest eigenvalue is " + eigenvalue
                        + ": add more damping to the diagonal, or use FLOAT64";
            }
        }

        /// The eigendecomposition failed.
        ///
        /// @param cause the outcome of the eigendecomposition
        record NotDecomposed(SymmetricEigen.Outcome.Failed cause) implements Failed {
            @Override
            public String advice() {
                return cause.advice();
            }
        }
    }

    /// Writes (A + λI)^(−1/p), both triangles.
    ///
    /// @param a n × n, of which the lower triangle is read; not changed
    /// @param shift λ
    /// @param out n × n, overwritten unless the outcome is a failure; it may be A itself
    /// @param ws threads and scratch
    /// @return how it ended
    /// @throws IllegalArgumentException if A is not square, or shapes or precisions disagree
    public Outcome compute(Matrix a, double shift, Matrix out, Workspace ws) {
        requireSquare(a, out);
        LowRankRoot lowRank = new LowRankRoot(root, tolerance);
        if (lowRank.run(a, shift, out, ws)) {
            return new Outcome.OfLowRank(lowRank.rank());
        }
        CoupledPolynomials polynomials = new CoupledPolynomials(root, maxIterations, tolerance);
        if (polynomials.run(a, shift, out, ws)) {
            return new Outcome.Converged(polynomials.steps(), polynomials.error());
        }
        CoupledNewton newton = new CoupledNewton(root, maxIterations, tolerance);
        if (newton.run(a, shift, out, ws)) {
            return new Outcome.Converged(newton.iterations(), newton.error());
        }
        return byEigendecomposition(a, shift, out, ws);
    }

    /// Writes (A + λI)^(−1/p) = V (Λ + λI)^(−1/p) Vᵀ, both triangles; the limits of this record do not matter.
    ///
    /// @param a n × n, of which the lower triangle is read; not changed
    /// @param shift λ
    /// @param out n × n, overwritten unless the outcome is a failure; it may be A itself
    /// @param ws threads and scratch
    /// @return how it ended
    /// @throws IllegalArgumentException if A is not square, or shapes or precisions disagree
    public Outcome byEigendecomposition(Matrix a, double shift, Matrix out, Workspace ws) {
        requireSquare(a, out);
        try (var frame = ws.open()) {
            Vector values = frame.vector(a.precision(), a.rows());
            Matrix vectors = frame.matrix(a.precision(), a.rows(), a.rows());
            return switch (SymmetricEigen.decompose(a, values, vectors, ws)) {
                case SymmetricEigen.Outcome.Failed failed -> new Outcome.NotDecomposed(failed);
                case SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen) -> fromEigenvalues(eigen, shift, out, ws);
            };
        }
    }

    private Outcome fromEigenvalues(SymmetricEigen eigen, double shift, Matrix out, Workspace ws) {
        double smallest = eigen.order() == 0 ? 1 : eigen.values().get(0) + shift;
        if (!(smallest > 0)) {
            return new Outcome.NotPositiveDefinite(smallest);
        }
        eigen.function(x -> Math.pow(x + shift, -1.0 / root), out, ws);
        return new Outcome.FromEigenvalues(smallest);
    }

    private static void requireSquare(Matrix a, Matrix out) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("InverseRoot: a square matrix expected, got " + a.shape());
        }
        Shapes.requireElementwise("InverseRoot", a, out);
    }
}
