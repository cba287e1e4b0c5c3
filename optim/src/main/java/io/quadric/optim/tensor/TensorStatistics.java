package io.quadric.optim.tensor;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The averages of the contractions Ĝ⁽ⁱ⁾ in [Tnt] and [Shampoo].
///
/// @param decay β
/// @param period T₁
/// @param inversePeriod T₂
/// @param eager whether every observation before step T₂ leads to an inversion, which is not part of Algorithms 15 and
///     16 (Ren 2022) but of the authors' program for TNT: early in training the contractions may grow by orders of
///     magnitude within T₂ steps
public record TensorStatistics(
        @Tunable(key = "statisticsDecay", value = "decay β of the contractions") double decay,
        @Tunable(key = "statisticsPeriod", value = "steps T₁ between observations of the contractions") int period,
        @Tunable("steps T₂ between inversions of the contractions") int inversePeriod,
        @Tunable("whether every observation before step T₂ leads to an inversion") boolean eager) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public TensorStatistics {
        Require.fraction("statisticsDecay", decay);
        Require.atLeastOne("statisticsPeriod", period);
        Require.atLeastOne("inversePeriod", inversePeriod);
    }

    /// Whether the contractions are observed in step k.
    boolean observes(long k) {
        return k % period == 0;
    }

    /// Whether they are inverted in step k.
    boolean inverts(long k) {
        return k % inversePeriod == 0 || (eager && k < inversePeriod && observes(k));
    }
}
