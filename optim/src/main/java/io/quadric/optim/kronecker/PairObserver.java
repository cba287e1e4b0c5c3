package io.quadric.optim.kronecker;

/// Sees every pair that updates an output factor in the steps of [KBfgs] (Ren 2022, §2.3 and Figure 2.1).
@FunctionalInterface
public interface PairObserver {
    /// Sees nothing.
    PairObserver NONE = (step, block, ratio) -> {
        // nobody asks
    };

    /// Is called once a step for each weight-and-bias block, unless its means were not finite.
    ///
    /// @param step 1, 2, …
    /// @param block the index of the block, 0, 1, …
    /// @param ratio ỹᵀH_Gỹ / s̃ᵀỹ of the damped pair before the update; no finite number if s̃ᵀỹ is 0
    void pair(long step, int block, double ratio);
}
