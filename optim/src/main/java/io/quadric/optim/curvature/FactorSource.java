package io.quadric.optim.curvature;

import io.quadric.nn.KfraFactors;
import io.quadric.nn.Model;
import io.quadric.nn.layer.Shape;

/// Where the output factor G = E[g gᵀ] of a Kronecker block comes from; g is the gradient of one case's loss with
/// respect to the block's output.
public enum FactorSource {
    /// Targets drawn from the model's predictive distribution: an unbiased estimate of the Fisher matrix's block.
    SAMPLED,
    /// The expectation over that distribution, by back-propagating the columns of the loss Hessian's square root: KFLR
    /// (Botev et al. 2017, §3.4).
    EXACT,
    /// The true targets: the empirical Fisher matrix's block.
    EMPIRICAL,
    /// The recursion of batch means from layer to layer: KFRA (Botev et al. 2017, §3.2), for chains of dense layers.
    RECURSIVE;

    /// Checks that G of this source exists for a model, so that a run is refused before its first step.
    ///
    /// @param model what is to be trained
    /// @throws IllegalArgumentException if it does not
    public void requireFor(Model model) {
        switch (this) {
            case SAMPLED, EMPIRICAL -> {
                // any model
            }
            case EXACT -> requireRoots(model);
            case RECURSIVE -> KfraFactors.requireChain(model.network());
        }
    }

    private static void requireRoots(Model model) {
        if (!model.loss().isConvex()) {
            throw new IllegalArgumentException("the exact source needs a convex loss, got " + model.loss()
                    + ", whose Hessian has no real square root");
        }
        if (model.network().output() instanceof Shape.Sequence s && s.length() > 1) {
            throw new IllegalArgumentException(
                    "the exact source needs one loss for each case, the network's output is " + s);
        }
    }
}
