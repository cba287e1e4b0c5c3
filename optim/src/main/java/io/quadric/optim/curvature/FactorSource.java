package io.quadric.optim.curvature;

import io.quadric.nn.KfraFactors;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;

/// Where the output factor G = E[g gᵀ] of a Kronecker block comes from; g is the gradient of one case's loss with
/// respect to the block's output.
public sealed interface FactorSource permits GradientSource, FactorSource.Recursion {
    /// Checks that G of this source exists for a model, so that a run is refused before its first step.
    ///
    /// @param model what is to be trained
    /// @throws IllegalArgumentException if it does not
    void requireFor(Model model);

    /// {@return the source for cases in chunks}
    ///
    /// @throws IllegalArgumentException if G of this source is no mean over cases
    default GradientSource divisible() {
        return switch (this) {
            case GradientSource gradients -> gradients;
            case Recursion recursion -> throw Objective.indivisible("the recursion of KFRA is");
        };
    }

    /// The source without gradients.
    enum Recursion implements FactorSource {
        /// Batch means carried back from layer to layer: KFRA (Botev et al. 2017, §3.5), for chains of dense layers.
        RECURSIVE;

        @Override
        public void requireFor(Model model) {
            KfraFactors.requireChain(model.network());
        }
    }
}
