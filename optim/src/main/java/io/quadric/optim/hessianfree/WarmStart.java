package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// Where conjugate gradients start: at ζ times an iterate of the step before (Martens & Sutskever 2012, §10).
///
/// ζ is constant, or goes in a straight line from `zeta` to `zetaEnd` over the first `zetaSteps` steps; raising it
/// towards the end is the advice of §10 and §13. It is between 0 and 1 throughout.
///
/// @param iterate the iterate
/// @param zetaEnd ζ after `zetaSteps` steps
/// @param zetaSteps 0 if ζ is constant
public record WarmStart(
        @Tunable(key = "warmStart", value = "iterate of the step before that CG starts from") Iterate iterate,
        @Tunable("decay ζ at the end of its schedule") double zetaEnd,
        @Tunable("steps in which ζ goes from zeta to zetaEnd, 0 if it is constant") int zetaSteps) {
    /// An iterate of conjugate gradients. Objectives are known only for iterates that
    /// [EarlyTermination] tests; where none was tested the last iterate stands in.
    public enum Iterate {
        /// The last one (Martens 2010, and the fixtures).
        LAST,
        /// The one that became the step, before the line search.
        SELECTED,
        /// The tested one with the lowest objective. §13 has the one with the "highest objective function value", which
        /// "will be close to the last": as CG lowers the objective from its first iterate on, only the best is that.
        BEST_OBJECTIVE,
        /// The tested one with the highest objective, §13 taken at its word.
        HIGHEST_OBJECTIVE;

        boolean needsTests() {
            return this == BEST_OBJECTIVE || this == HIGHEST_OBJECTIVE;
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public WarmStart {
        Require.unitInterval("zetaEnd", zetaEnd);
        Require.notNegative("zetaSteps", zetaSteps);
    }

    /// {@return from the last iterate with constant ζ}
    public static WarmStart last() {
        return of(Iterate.LAST);
    }

    /// {@return from the given iterate with constant ζ}
    ///
    /// @param iterate which one
    public static WarmStart of(Iterate iterate) {
        return new WarmStart(iterate, 1, 0);
    }

    /// ζ of a step.
    ///
    /// @param first ζ of step 1
    /// @param step from 1
    double zeta(double first, long step) {
        if (zetaSteps == 0) {
            return first;
        }
        return first + (zetaEnd - first) * Math.min(1, (step - 1.0) / zetaSteps);
    }
}
