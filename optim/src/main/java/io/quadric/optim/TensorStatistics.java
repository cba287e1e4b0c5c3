package io.quadric.optim;

/// The averages of the contractions Ĝ⁽ⁱ⁾ in [Tnt] and [Shampoo].
///
/// @param statisticsDecay β
/// @param statisticsPeriod T₁
/// @param inversePeriod T₂
/// @param eager whether every observation before step T₂ leads to an inversion, which Algorithms 15 and 16 do not
///     say, but the authors' program does for TNT. Early in training the contractions may grow by orders of magnitude
///     within T₂ steps.
public record TensorStatistics(
        @Hyper("decay β of the contractions") double statisticsDecay,
        @Hyper("steps T₁ between observations of the contractions") int statisticsPeriod,
        @Hyper("steps T₂ between inversions of the contractions") int inversePeriod,
        @Hyper("whether every observation before step T₂ leads to an inversion") boolean eager) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public TensorStatistics {
        Ranges.fraction("statisticsDecay", statisticsDecay);
        Ranges.atLeastOne("statisticsPeriod", statisticsPeriod);
        Ranges.atLeastOne("inversePeriod", inversePeriod);
    }

    /// Whether the contractions are observed in step k.
    boolean observes(long k) {
        return k % statisticsPeriod == 0;
    }

    /// Whether they are inverted in step k.
    boolean inverts(long k) {
        return k % inversePeriod == 0 || (eager && k < inversePeriod && observes(k));
    }
}
