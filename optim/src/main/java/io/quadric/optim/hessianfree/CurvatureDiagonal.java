package io.quadric.optim.hessianfree;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Vector;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.nn.Linearization;
import java.util.random.RandomGenerator;

/// A diagonal d that represents the curvature matrix's, in a [DampingMatrix] or a [Preconditioner]. Implement it for a
/// diagonal of your own.
@FunctionalInterface
public non-sealed interface CurvatureDiagonal extends DampingMatrix.Kind, Preconditioner.Source {
    /// d ← the diagonal, including the L2 penalty η.
    ///
    /// @param at the model at θ, on the gradient batch
    /// @param random the random numbers of the step
    /// @param d overwritten, a flat vector of numbers of at least 0
    void compute(Linearization at, RandomGenerator random, Vector d);

    /// The published diagonals.
    enum Usual implements CurvatureDiagonal {
        /// (1/N) Σ (∇Lᵢ)² + η (Martens & Sutskever 2012, Algorithm 6).
        EMPIRICAL_FISHER,
        /// An unbiased estimate of the Gauss-Newton diagonal by random signs, for one backward pass (Algorithm 7).
        RADEMACHER,
        /// The exact Gauss-Newton diagonal, for one backward pass for each output.
        EXACT;

        @Override
        public void compute(Linearization at, RandomGenerator random, Vector d) {
            switch (this) {
                case EMPIRICAL_FISHER -> {
                    at.empiricalFisherDiagonal(d);
                    Elementwise.power(d, at.model().l2(), 1, d);
                }
                case RADEMACHER -> GaussNewtonDiagonal.estimate(at, random, d);
                case EXACT -> GaussNewtonDiagonal.exact(at, d);
            }
        }
    }
}
