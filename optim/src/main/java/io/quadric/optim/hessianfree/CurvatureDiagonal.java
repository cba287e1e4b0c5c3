package io.quadric.optim.hessianfree;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Vector;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.nn.Linearization;
import java.util.random.RandomGenerator;

/// A diagonal that stands for that of the curvature matrix, with the L2 penalty η in it.
enum CurvatureDiagonal {
    /// (1/N) Σ (∇Lᵢ)² + η (Martens & Sutskever 2012, Algorithm 6).
    EMPIRICAL_FISHER,
    /// The unbiased estimate of the Gauss-Newton diagonal by random signs (Algorithm 7).
    RADEMACHER,
    /// The exact Gauss-Newton diagonal.
    EXACT;

    /// d ← the diagonal.
    ///
    /// @param at the linearization
    /// @param random draws the signs
    /// @param d overwritten, a flat vector
    void compute(Linearization at, RandomGenerator random, Vector d) {
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
