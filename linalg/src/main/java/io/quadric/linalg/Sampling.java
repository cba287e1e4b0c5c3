package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Draws random matrices, element by element in row-major order and on the calling thread, so that a generator in the
/// same state gives the same numbers.
public final class Sampling {
    private Sampling() {}

    /// x ← independent numbers, uniformly distributed in [low, high).
    ///
    /// @param low the smallest value
    /// @param high the bound above all values
    /// @param random the source of the draws
    /// @param x overwritten
    /// @throws IllegalArgumentException if low is not below high
    public static void uniform(double low, double high, RandomGenerator random, Matrix x) {
        draw(old -> random.nextDouble(low, high), x, x);
    }

    /// x ← independent, normally distributed numbers.
    ///
    /// @param mean the mean
    /// @param deviation the standard deviation, not negative
    /// @param random the source of the draws
    /// @param x overwritten
    /// @throws IllegalArgumentException if the deviation is negative
    public static void gaussian(double mean, double deviation, RandomGenerator random, Matrix x) {
        draw(old -> random.nextGaussian(mean, deviation), x, x);
    }

    /// x ← independent signs: −1 or 1 with equal probability.
    ///
    /// @param random the source of the draws
    /// @param x overwritten
    public static void rademacher(RandomGenerator random, Matrix x) {
        draw(old -> random.nextBoolean() ? 1 : -1, x, x);
    }

    /// t ← 1 with probability p, otherwise 0, independently for each element; t may be p.
    ///
    /// @param p probabilities
    /// @param random the source of the draws
    /// @param t overwritten
    public static void bernoulli(Matrix p, RandomGenerator random, Matrix t) {
        Shapes.requireElementwise("bernoulli", p, t);
        draw(probability -> random.nextDouble() < probability ? 1 : 0, p, t);
    }

    /// t ← for each row, 1 in a column that is drawn with the probabilities in that row of p, otherwise 0.
    ///
    /// @param p probabilities
    /// @param random the source of the draws
    /// @param t overwritten, of the same shape, not sharing elements with p
    public static void categorical(Matrix p, RandomGenerator random, Matrix t) {
        Shapes.requireLike("categorical", p, t);
        Shapes.requireDisjoint("categorical", p, t);
        t.fill(0);
        for (int i = 0; i < p.rows(); i++) {
            t.set(i, draw(p, i, random.nextDouble()), 1);
        }
    }

    /// The column in which the cumulative sum of row i exceeds u; the last one with a positive probability if rounding
    /// keeps the sum below u.
    private static int draw(Matrix p, int i, double u) {
        double cumulative = 0;
        int last = 0;
        for (int j = 0; j < p.columns(); j++) {
            double probability = p.get(i, j);
            cumulative += probability;
            if (u < cumulative) {
                return j;
            }
            if (probability > 0) {
                last = j;
            }
        }
        return last;
    }

    private static void draw(DoubleUnaryOperator draw, Matrix x, Matrix y) {
        KernelProvider.kernels(y.precision()).map(draw, x, y);
    }
}
