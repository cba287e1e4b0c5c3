package io.quadric.optim.hessianfree;

import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;

/// The inverse P⁻¹ of a preconditioner, positive definite, with what it remembers from step to step.
public interface KeptPreconditioner extends SelfAdjointOperator {
    /// Follows the curvature to the current parameters.
    ///
    /// @param at the model at θ, on the gradient batch
    /// @param step 1, 2, …
    /// @param shift λ + κ + η, to be added to the curvature
    void observe(Objective at, long step, double shift);

    /// Stores the memory, or reads it back.
    ///
    /// @param archive takes or gives what it is told
    /// @throws IllegalArgumentException if the archive has no memory of this preconditioner on this network
    void serialize(Archive archive);
}
