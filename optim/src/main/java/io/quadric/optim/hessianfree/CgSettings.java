package io.quadric.optim.hessianfree;

import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// How conjugate gradients minimise the damped quadratic model.
///
/// @param maxIterations the largest number of iterations, in step 1 if it has a schedule
/// @param tolerance the residual norm at which they end
/// @param epsilon the relative progress below which they end (Martens & Sutskever 2012, §4)
/// @param zeta ζ: they start at ζ times an iterate of the previous step (§10)
/// @param maxIterationsEnd the largest number of iterations at the end of its schedule
/// @param maxIterationsSteps the first steps, in which that number goes linearly from the one to the other, rounded
///     down (§12.2); 0 if it is constant
public record CgSettings(
        @Tunable("limit of CG iterations") int maxIterations,
        @Tunable("residual norm at which CG ends") double tolerance,
        @Tunable("relative progress ε below which CG ends") double epsilon,
        @Tunable("decay ζ of the warm start of CG") double zeta,
        @Tunable("limit of CG iterations at the end of its schedule") int maxIterationsEnd,
        @Tunable("steps in which maxIterations goes to maxIterationsEnd, 0 if it is constant") int maxIterationsSteps) {
    private static final int MOST_ITERATIONS = 1_000_000;

    /// With a constant limit.
    ///
    /// @param maxIterations the largest number of iterations
    /// @param tolerance the residual norm at which they end
    /// @param epsilon the relative progress below which they end
    /// @param zeta ζ
    public CgSettings(int maxIterations, double tolerance, double epsilon, double zeta) {
        this(maxIterations, tolerance, epsilon, zeta, 1, 0);
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public CgSettings {
        Require.from(1, MOST_ITERATIONS, "maxIterations", maxIterations);
        Require.notNegative("tolerance", tolerance);
        Require.notNegative("epsilon", epsilon);
        Require.unitInterval("zeta", zeta);
        Require.from(1, MOST_ITERATIONS, "maxIterationsEnd", maxIterationsEnd);
        Require.notNegative("maxIterationsSteps", maxIterationsSteps);
    }

    /// The largest limit of all steps.
    int mostIterations() {
        return maxIterationsSteps == 0 ? maxIterations : Math.max(maxIterations, maxIterationsEnd);
    }

    /// The limit of step k.
    int limit(long k) {
        double part = maxIterationsSteps == 0 ? 0 : Math.min(1, (k - 1.0) / maxIterationsSteps);
        return (int) (maxIterations + part * (maxIterationsEnd - maxIterations));
    }

    ConjugateGradient solver(long k) {
        return new ConjugateGradient(limit(k), tolerance, epsilon);
    }
}
