package io.quadric.engine.prepare;

import java.util.Map;

/// How much the cases of a class count.
public sealed interface ClassWeights {
    /// All cases count 1.
    record Equal() implements ClassWeights {}

    /// Each of C classes counts as much as any other: a case counts N / (C Nₖ) where Nₖ of N cases are of its class.
    record Balanced() implements ClassWeights {}

    /// Given weights.
    ///
    /// @param weights by the name of the class; 1 for classes that are not named
    record Given(Map<String, Double> weights) implements ClassWeights {
        /// Checks the weights.
        ///
        /// @throws IllegalArgumentException if one is not above 0
        public Given {
            weights = Map.copyOf(weights);
            weights.forEach((name, weight) -> {
                if (!(weight > 0) || weight.isInfinite()) {
                    throw new IllegalArgumentException("weight " + weight + " of class '" + name
                            + "', expected a finite number above 0");
                }
            });
        }
    }
}
