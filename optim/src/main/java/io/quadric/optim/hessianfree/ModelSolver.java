package io.quadric.optim.hessianfree;

/// How [HessianFree] minimises its damped model.
///
/// @param cg conjugate gradients
/// @param start where they start
/// @param termination when the objective ends them
/// @param region the trust region; if there is one, `start` and `termination` have no effect
public record ModelSolver(CgSettings cg, WarmStart start, EarlyTermination termination, TrustRegion region) {
    /// Checks that a start from a tested iterate comes with tests.
    ///
    /// @throws IllegalArgumentException if it does not
    public ModelSolver {
        if (start.iterate().needsTests() && !termination.isOn()) {
            throw new IllegalArgumentException("terminationInterval is 0, expected at least 1 with the warmStart "
                    + start.iterate());
        }
    }

    /// Conjugate gradients that start from the last iterate of the previous step.
    ///
    /// @param cg conjugate gradients
    public ModelSolver(CgSettings cg) {
        this(cg, WarmStart.last(), EarlyTermination.none(), TrustRegion.none());
    }
}
