package io.quadric.optim.hessianfree;

import java.util.function.DoubleSupplier;

/// Sees every iterate of conjugate gradients in the steps of [HessianFree]: how the objective and its quadratic model
/// part as the iteration goes on (Martens & Sutskever 2012, §8.7 and Figure 4).
@FunctionalInterface
public interface CgObserver {
    /// Sees nothing.
    CgObserver NONE = (step, iteration, dampedModel, model, change) -> {
        // nobody asks
    };

    /// Is called with each iterate x, before backtracking and line search. Objective and model are computed when they
    /// are asked for, which is possible during the call only: by a forward pass and by a product with the curvature
    /// matrix.
    ///
    /// @param step 1, 2, …
    /// @param iteration 1, 2, …
    /// @param dampedModel ½xᵀ(B + λD)x + ∇fᵀx, which conjugate gradients minimise
    /// @param model M(x) = ½xᵀBx + ∇fᵀx, with B on the curvature batch and ∇f on the gradient batch
    /// @param change f(θ + x) − f(θ) on the gradient batch
    void iterate(long step, int iteration, double dampedModel, DoubleSupplier model, DoubleSupplier change);
}
