package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// Where conjugate gradients start: at ζ times an iterate of the previous step (Martens & Sutskever 2012, §10).
///
/// ζ is constant, or changes linearly from `zeta` to `zetaEnd` over the first `zetaSteps` steps; §10 and §13 advise
/// raising it towards the end.
///
/// @param iterate the iterate
/// @param zetaEnd ζ after `zetaSteps` steps
/// @param zetaSteps 0 if ζ is constant
public record WarmStart(
        @Tunable(key = "warmStart", value = "iterate of the previous step from which CG starts") Iterate iterate,
        @Tunable("decay ζ at the end of its schedule") double zetaEnd,
        @Tunable("steps in which ζ goes from zeta to zetaEnd, 0 if it is constant") int zetaSteps) {
    /// An iterate of conjugate gradients. Objectives are known only for the iterates that [EarlyTermination] tests; if
    /// none was tested, the last iterate is used.
    public enum Iterate {
        /// The last one (Martens 2010, and the fixtures).
        LAST,
        /// The one chosen as the step, before the line search.
        SELECTED,
        /// The tested one with the lowest objective. §13 asks for the one with the "highest objective function value",
        /// which "will be close to the last"; since CG lowers the objective from its first iterate on, only the lowest
        /// is.
        BEST_OBJECTIVE,
        /// The tested one with the highest objective, §13 taken literally.
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

    /// {@return a start from the last iterate, with constant ζ}
    public static WarmStart last() {
        return of(Iterate.LAST);
    }

    /// {@return a start from the given iterate, with constant ζ}
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
