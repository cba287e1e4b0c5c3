package io.quadric.optim;

import io.quadric.linalg.solver.ConjugateGradient;

/// How the damped quadratic model is minimised by conjugate gradients.
///
/// @param maxIterations the limit of iterations
/// @param tolerance the bound on the residual norm
/// @param epsilon the least relative progress (Martens & Sutskever 2012, §4)
/// @param zeta ζ: the start is ζ times the last iterate of the step before (§10)
public record CgSettings(
        @Hyper("limit of CG iterations") int maxIterations,
        @Hyper("residual norm at which CG ends") double tolerance,
        @Hyper("relative progress ε below which CG ends") double epsilon,
        @Hyper("decay ζ of the warm start of CG") double zeta) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public CgSettings {
        Ranges.atLeastOne("maxIterations", maxIterations);
        Ranges.notNegative("tolerance", tolerance);
        Ranges.notNegative("epsilon", epsilon);
        Ranges.unitInterval("zeta", zeta);
    }

    ConjugateGradient solver() {
        return new ConjugateGradient(maxIterations, tolerance, epsilon);
    }
}
