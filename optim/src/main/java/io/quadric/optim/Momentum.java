package io.quadric.optim;

import io.quadric.linalg.Vector;

/// The momentum of the gradient in the Kronecker methods.
///
/// @param momentum μ
/// @param averaged whether ĝ ← μĝ + (1−μ)g (Ren 2022, Algorithms 4 and 7); otherwise ĝ ← μĝ + g (Algorithms 9 and 12)
public record Momentum(
        @Hyper("momentum μ of the gradient") double momentum,
        @Hyper("whether the momentum averages, with weight 1 − μ on the new gradient") boolean averaged) {
    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if μ is not in [0, 1)
    public Momentum {
        Ranges.fraction("momentum", momentum);
    }

    /// ĝ ← the next average.
    void update(Vector average, Vector g) {
        average.axpby(averaged ? 1 - momentum : 1, g, momentum);
    }
}
