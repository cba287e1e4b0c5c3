package io.quadric.optim;

/// Which batch of a step something is computed on.
public enum BatchRole {
    /// The batch of the gradient.
    GRADIENT,
    /// The batch of the curvature products.
    CURVATURE,
    /// The batch on which iterates of CG are compared; the training plan may take it from outside the curvature batch.
    EVALUATION
}
