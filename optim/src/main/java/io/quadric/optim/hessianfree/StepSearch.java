package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.RateSchedule;

/// How the iterates of CG become a step (Martens & Sutskever 2012, §8.7 and §8.8).
///
/// @param backtracking which iterate becomes the step
/// @param lineSearch whether the step is shortened until it meets the Armijo condition on the gradient batch
/// @param learningRate the first length tried, or the length if there is no search; lowering it is equivalent to
///     damping by the curvature itself (§8.3, §12.2)
/// @param schedule how that length changes from step to step
public record StepSearch(
        BacktrackingRule backtracking,
        @Tunable("whether to search along the step") boolean lineSearch,
        @Tunable("first length of the step") double learningRate,
        RateSchedule schedule) {
    static final double SHRINK = 0.8;
    static final double SLOPE = 1e-2;
    static final int TRIALS = 60;

    /// Checks the length.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public StepSearch {
        Require.positive("learningRate", learningRate);
    }

    /// A line search from a first length of 1.
    ///
    /// @param backtracking which iterate becomes the step
    public StepSearch(BacktrackingRule backtracking) {
        this(backtracking, true, 1);
    }

    /// With a constant length.
    ///
    /// @param backtracking which iterate becomes the step
    /// @param lineSearch whether the step is shortened until it meets the Armijo condition on the gradient batch
    /// @param learningRate the first length tried, or the length if there is no search
    public StepSearch(BacktrackingRule backtracking, boolean lineSearch, double learningRate) {
        this(backtracking, lineSearch, learningRate, RateSchedule.CONSTANT);
    }

    /// The first length of step k.
    double rate(long k) {
        return learningRate * schedule.at(k);
    }
}
