package io.quadric.optim;

/// Where the output factor G = E[g gᵀ] of a Kronecker block comes from; g is the gradient of one case's loss with
/// respect to the block's output.
public enum FisherSource {
    /// Targets drawn from the model's predictive distribution: an unbiased estimate of the Fisher matrix's block.
    SAMPLED,
    /// The expectation over that distribution, by back-propagating the columns of the loss Hessian's square root: KFLR
    /// (Botev et al. 2017, §3.4).
    EXACT,
    /// The true targets: the empirical Fisher matrix's block.
    EMPIRICAL,
    /// The recursion of batch means from layer to layer: KFRA (Botev et al. 2017, §3.2), for chains of dense layers.
    RECURSIVE
}
