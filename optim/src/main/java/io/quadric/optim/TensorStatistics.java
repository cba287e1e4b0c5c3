package io.quadric.optim;

/// The averages of the contractions Ĝ⁽ⁱ⁾ in [Tnt] and [Shampoo].
///
/// @param statisticsDecay β
/// @param statisticsPeriod T₁
/// @param inversePeriod T₂
public record TensorStatistics(
        @Hyper("decay β of the contractions") double statisticsDecay,
        @Hyper("steps T₁ between observations of the contractions") int statisticsPeriod,
        @Hyper("steps T₂ between inversions of the contractions") int inversePeriod) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public TensorStatistics {
        Ranges.fraction("statisticsDecay", statisticsDecay);
        Ranges.atLeastOne("statisticsPeriod", statisticsPeriod);
        Ranges.atLeastOne("inversePeriod", inversePeriod);
    }
}
