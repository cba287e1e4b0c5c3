package io.quadric.optim;

import io.quadric.nn.CaseSet;

/// The batches of one step.
///
/// @param gradient the batch of the gradient
/// @param curvature the batch of the curvature products; the same object where there is no separate one
/// @param evaluation the batch on which methods configured to do so compare iterates; the same object as the
///     gradient's where there is no separate one
public record StepData(CaseSet gradient, CaseSet curvature, CaseSet evaluation) {
    /// Without a separate batch for evaluation.
    ///
    /// @param gradient the batch of the gradient and of evaluation
    /// @param curvature the batch of the curvature products
    public StepData(CaseSet gradient, CaseSet curvature) {
        this(gradient, curvature, gradient);
    }

    /// One batch for everything.
    ///
    /// @param batch for the gradient, the curvature and evaluation
    public StepData(CaseSet batch) {
        this(batch, batch, batch);
    }

    /// {@return the batch of that role}
    ///
    /// @param role which one
    public CaseSet of(BatchRole role) {
        return switch (role) {
            case GRADIENT -> gradient;
            case CURVATURE -> curvature;
            case EVALUATION -> evaluation;
        };
    }
}
