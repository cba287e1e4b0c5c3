package io.quadric.optim.hessianfree;

import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// How the damped quadratic model is minimised by conjugate gradients.
///
/// @param maxIterations the limit of iterations
/// @param tolerance the bound on the residual norm
/// @param epsilon the least relative progress (Martens & Sutskever 2012, §4)
/// @param zeta ζ: the start is ζ times the last iterate of the step before (§10)
public record CgSettings(
        @Tunable("limit of CG iterations") int maxIterations,
        @Tunable("residual norm at which CG ends") double tolerance,
        @Tunable("relative progress ε below which CG ends") double epsilon,
        @Tunable("decay ζ of the warm start of CG") double zeta) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public CgSettings {
        Require.atLeastOne("maxIterations", maxIterations);
        Require.notNegative("tolerance", tolerance);
        Require.notNegative("epsilon", epsilon);
        Require.unitInterval("zeta", zeta);
    }

    ConjugateGradient solver() {
        return new ConjugateGradient(maxIterations, tolerance, epsilon);
    }
}
