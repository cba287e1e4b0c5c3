package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The momentum ĝ of the gradient in the Kronecker and tensor methods.
///
/// @param mu μ
/// @param averaged whether ĝ ← μĝ + (1−μ)g (Ren 2022, Algorithms 4 and 7); otherwise ĝ ← μĝ + g (Algorithms 9 and 12)
public record Momentum(
        @Tunable(key = "momentum", value = "momentum μ of the gradient") double mu,
        @Tunable("whether the momentum averages, with weight 1 − μ on the new gradient") boolean averaged) {
    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if μ is not in [0, 1)
    public Momentum {
        Require.fraction("momentum", mu);
    }

    /// Updates ĝ.
    ///
    /// @param average ĝ, overwritten
    /// @param g the gradient
    public void update(Vector average, Vector g) {
        average.axpby(averaged ? 1 - mu : 1, g, mu);
    }
}
