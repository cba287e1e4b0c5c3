package io.quadric.optim.tensor;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import java.util.List;
import java.util.random.RandomGenerator;

/// Wherein [Tnt] and [Shampoo] differ.
interface TensorMethod {
    /// The name, for messages.
    String name();

    /// mean ← Ḡ, the minibatch's mean gradient whose contractions are averaged.
    ///
    /// @param g ∇f at the same point
    void observed(Linearization at, Vector g, RandomGenerator random, Vector mean);

    /// Computes the factor of an axis from its statistic.
    ///
    /// @param dimensions the sizes of all axes
    /// @return whether that succeeded; otherwise the factor is what it was
    boolean factor(TensorFactor axis, List<Integer> dimensions, double damping, Workspace ws);
}
