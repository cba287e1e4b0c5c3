package io.quadric.nn.layer;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How much each case of a batch counts. With weights wᵢ every mean (1/N) Σ xᵢ over the cases becomes Σ wᵢxᵢ / Σ wᵢ.
public final class Weights {
    /// Every case counts 1.
    public static final Weights EQUAL = new Weights(new double[0]);

    private final double[] weights;
    private final double mean;

    private Weights(double[] weights) {
        this.weights = weights;
        this.mean = Arrays.stream(weights).average().orElse(1);
    }

    /// {@return the weights of N cases}
    ///
    /// @param weights w₁ … w_N
    /// @throws IllegalArgumentException if one is negative or not finite, or their sum is not positive and finite
    public static Weights of(double... weights) {
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weights must be finite and not negative, got " + weight);
            }
        }
        double sum = Arrays.stream(weights).sum();
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("the sum of the weights must be positive and finite, got " + sum);
        }
        return new Weights(weights.clone());
    }

    /// {@return whether every case counts 1}
    public boolean areEqual() {
        return weights.length == 0;
    }

    /// {@return the weight wᵢ}
    ///
    /// @param i the case, from 0
    public double at(int i) {
        return areEqual() ? 1 : weights[i];
    }

    /// {@return wᵢ divided by the mean of all weights}, so that Σ wᵢxᵢ / Σ wᵢ is (1/N) Σ xᵢ times this.
    ///
    /// @param i the case, from 0
    public double relative(int i) {
        return areEqual() ? 1 : weights[i] / mean;
    }

    /// {@return the weights of some of the cases}
    ///
    /// @param cases their numbers
    public Weights chosen(int[] cases) {
        return areEqual() ? this : new Weights(Arrays.stream(cases).mapToDouble(i -> weights[i]).toArray());
    }

    /// {@return the sum of the weights}
    ///
    /// @param cases N
    public double sum(int cases) {
        return cases * mean;
    }

    /// {@return the cases of positive weight}, by their numbers
    ///
    /// @param cases N
    /// @throws IllegalArgumentException if these are the weights of another number of cases
    public int[] positive(int cases) {
        if (!areEqual() && weights.length != cases) {
            throw new IllegalArgumentException(
                    "the weights of " + cases + " cases expected, got those of " + weights.length);
        }
        return IntStream.range(0, cases).filter(i -> at(i) > 0).toArray();
    }
}
