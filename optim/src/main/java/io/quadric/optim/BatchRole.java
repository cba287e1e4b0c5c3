package io.quadric.optim;

/// One of the batches of a step, as something to compute on.
public enum BatchRole {
    /// The batch of the gradient.
    GRADIENT,
    /// The batch of the curvature products.
    CURVATURE,
    /// The batch that CG's iterates are judged on, outside the curvature batch where the plan says so.
    EVALUATION
}
