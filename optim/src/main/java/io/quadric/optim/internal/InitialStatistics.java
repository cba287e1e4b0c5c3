package io.quadric.optim.internal;

import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.optim.Start;
import java.util.function.ToDoubleFunction;

/// The pass over the warm-up batches that initialises statistics.
public final class InitialStatistics {
    private InitialStatistics() {}

    /// What is done with a batch.
    @FunctionalInterface
    public interface Observer {
        /// @param at the batch at the starting parameters
        /// @param seen the size of all batches up to this one, rounded, and different for each of them
        /// @param weight the share of this batch in them: the mean moves by weight · (batch − mean)
        void observe(Objective at, long seen, double weight);
    }

    /// Shows the observer every batch whose loss is finite.
    ///
    /// @param size the size of a batch, which determines its share
    /// @return the number of batches left out
    /// @throws IllegalArgumentException if none is left
    public static int run(String method, Start start, ToDoubleFunction<CaseSet> size, Observer observer) {
        double seen = 0;
        long rounded = 0;
        int leftOut = 0;
        for (CaseSet batch : start.warmUp()) {
            try (var at = batch.at(start.model(), start.parameters(), start.ws())) {
                if (!Double.isFinite(at.loss())) {
                    leftOut++;
                    continue;
                }
                seen += size.applyAsDouble(batch);
                rounded = Math.max(rounded + 1, Math.round(seen));
                observer.observe(at, rounded, size.applyAsDouble(batch) / seen);
            }
        }
        if (seen == 0) {
            throw new IllegalArgumentException(method + " needs at least one warm-up batch with a finite loss for its "
                    + "first factors; " + leftOut + " had none");
        }
        return leftOut;
    }
}
