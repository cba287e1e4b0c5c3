package io.quadric.optim.internal;

import io.quadric.linalg.Vector;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Parameters;
import io.quadric.optim.Start;

/// f(θ + αδ) on a batch; θ is not modified.
///
/// @param start the model and θ
/// @param batch the batch
public record TrialObjective(Start start, CaseSet batch) {
    /// The objective at θ + alpha · delta.
    public double at(double alpha, Vector delta) {
        Parameters theta = start.parameters();
        try (var frame = start.ws().open()) {
            Vector moved = frame.vector(delta.precision(), delta.size());
            moved.copyFrom(theta.values()).axpy(alpha, delta);
            Parameters trial = new Parameters(theta.layout(), moved);
            try (var at = batch.at(start.model(), trial, start.ws())) {
                return at.loss();
            }
        }
    }
}
