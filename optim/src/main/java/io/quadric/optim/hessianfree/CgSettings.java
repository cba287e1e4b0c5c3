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
/// @param limits how the largest number changes from step to step
public record CgSettings(
        @Tunable("limit of CG iterations") int maxIterations,
        @Tunable("residual norm at which CG ends") double tolerance,
        @Tunable("relative progress ε below which CG ends") double epsilon,
        @Tunable("decay ζ of the warm start of CG") double zeta,
        LimitSchedule limits) {
    /// The largest number of iterations as a function of the step: linear from `maxIterations` to `maxIterationsEnd` in
    /// the first `maxIterationsSteps` steps, rounded down (§12.2).
    ///
    /// @param end the number after these steps
    /// @param steps 0 if it is constant
    public record LimitSchedule(
            @Tunable(key = "maxIterationsEnd", value = "limit of CG iterations at the end of its schedule") int end,
            @Tunable(key = "maxIterationsSteps",
                    value = "steps in which maxIterations goes to maxIterationsEnd, 0 if it is constant") int steps) {
        /// No change.
        public static final LimitSchedule CONSTANT = new LimitSchedule(1, 0);

        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public LimitSchedule {
            Require.atLeastOne("maxIterationsEnd", end);
            Require.notNegative("maxIterationsSteps", steps);
        }
    }

    /// With a constant limit.
    ///
    /// @param maxIterations the largest number of iterations
    /// @param tolerance the residual norm at which they end
    /// @param epsilon the relative progress below which they end
    /// @param zeta ζ
    public CgSettings(int maxIterations, double tolerance, double epsilon, double zeta) {
        this(maxIterations, tolerance, epsilon, zeta, LimitSchedule.CONSTANT);
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public CgSettings {
        Require.atLeastOne("maxIterations", maxIterations);
        Require.notNegative("tolerance", tolerance);
        Require.notNegative("epsilon", epsilon);
        Require.unitInterval("zeta", zeta);
    }

    /// The largest limit of all steps.
    int mostIterations() {
        return limits.steps == 0 ? maxIterations : Math.max(maxIterations, limits.end);
    }

    /// The limit of step k.
    int limit(long k) {
        if (limits.steps == 0) {
            return maxIterations;
        }
        double part = Math.min(1, (k - 1.0) / limits.steps);
        return (int) Math.floor(maxIterations + part * (limits.end - maxIterations));
    }

    ConjugateGradient solver(long k) {
        return new ConjugateGradient(limit(k), tolerance, epsilon);
    }
}
