package io.quadric.optim.hessianfree;

import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// How conjugate gradients minimise the damped quadratic model.
///
/// @param maxIterations the largest number of iterations
/// @param tolerance the residual norm at which they end
/// @param epsilon the relative progress below which they end (Martens & Sutskever 2012, §4)
/// @param zeta ζ: they start at ζ times an iterate of the previous step (§10)
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
