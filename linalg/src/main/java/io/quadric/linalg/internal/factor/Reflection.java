package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Vector;

/// The Householder reflection I − τ v vᵀ, v₀ = 1, that takes a vector x to (β, 0, …, 0)ᵀ.
///
/// @param tau τ, 0 for the identity
/// @param beta β
public record Reflection(double tau, double beta) {
    /// Within these bounds a sum of squares neither overflows nor loses digits.
    private static final double SMALLEST_SQUARE = 0x1p-960;
    private static final double LARGEST_SQUARE = 0x1p1000;

    /// 1 / x beyond this is applied in two steps, so that neither overflows in either precision.
    private static final double LARGEST_FACTOR = 0x1p100;

    /// Overwrites x with v.
    ///
    /// @param x at least one element
    /// @param negligible if all elements but the first have a norm of at most this, they are taken for zeros
    public static Reflection of(Vector x, double negligible) {
        double alpha = x.get(0);
        double rest = x.slice(1, x.size()).norm();
        if (rest <= negligible) {
            x.fill(0).set(0, 1);
            return new Reflection(0, alpha);
        }
        double beta = -Math.copySign(length(alpha, rest), alpha);
        divide(x, alpha - beta);
        x.set(0, 1);
        return new Reflection((beta - alpha) / beta, beta);
    }

    private static double length(double x, double y) {
        double square = x * x + y * y;
        return square > SMALLEST_SQUARE && square < LARGEST_SQUARE ? Math.sqrt(square) : Math.hypot(x, y);
    }

    private static void divide(Vector x, double by) {
        if (Math.abs(by) < 1 / LARGEST_FACTOR) {
            x.scale(LARGEST_FACTOR).scale(1 / (by * LARGEST_FACTOR));
        } else {
            Division.divide(x, by);
        }
    }
}
