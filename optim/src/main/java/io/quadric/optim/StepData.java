package io.quadric.optim;

import io.quadric.nn.Batch;

/// The batches of one step.
///
/// @param gradient the batch of the gradient
/// @param curvature the batch of the curvature products; the same object where there is no separate one
public record StepData(Batch gradient, Batch curvature) {
    /// One batch for both.
    ///
    /// @param batch for the gradient and the curvature
    public StepData(Batch batch) {
        this(batch, batch);
    }
}
