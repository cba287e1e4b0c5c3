package io.quadric.optim.step;

import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// Another method on a model whose L2 penalty ends: at the beginning of training a little of it helps, for the lowest
/// training error it is switched off near the end (Martens & Sutskever 2012, §13).
///
/// Steps 1 to `penaltySteps` see the penalty, later ones the same model without. The objective that is evaluated for
/// reports keeps it, so that its figures can be compared.
///
/// @param optimizer the method that takes the steps
/// @param steps the last step with the penalty
public record PenaltyCutoff(
        Optimizer optimizer,
        @Tunable(key = "penaltySteps", value = "last step that sees the model's L2 penalty") int steps)
        implements Optimizer {
    /// Checks the step.
    ///
    /// @throws IllegalArgumentException if it is negative
    public PenaltyCutoff {
        Require.notNegative("penaltySteps", steps);
    }

    @Override
    public Run start(Start start) {
        return new PenaltyCutoffRun(this, start);
    }
}
