package io.quadric.optim.hessianfree;

import io.quadric.optim.BatchRole;
import io.quadric.optim.Tunable;

/// How the step is chosen among the kept iterates of conjugate gradients ⌈1.3ⁱ⌉ and the last (Martens & Sutskever 2012,
/// §8.7, and §13, second method).
///
/// @param selection how far the search goes back
/// @param selectionMeasure what is to be low
/// @param selectionBatch the batch it is computed on
public record IterateSelection(
        @Tunable("how far back an iterate is looked for") Reach selection,
        @Tunable("what the iterate taken has the lowest of") Measure selectionMeasure,
        @Tunable("batch that iterates are compared on") BatchRole selectionBatch) {
    /// How far the search goes back.
    public enum Reach {
        /// As long as the earlier iterate is lower (Martens 2010).
        WHILE_LOWER,
        /// To the first kept iterate; the lowest of all is taken.
        ALL
    }

    /// What is compared.
    public enum Measure {
        /// f(θ + δ)
        OBJECTIVE,
        /// M(δ) = ½δᵀBδ + ∇fᵀδ, gradient and undamped Gauss-Newton matrix both of the selection's batch
        MODEL
    }

    /// {@return back while the objective on the gradient batch is lower}
    public static IterateSelection backtracking() {
        return new IterateSelection(Reach.WHILE_LOWER, Measure.OBJECTIVE, BatchRole.GRADIENT);
    }
}
