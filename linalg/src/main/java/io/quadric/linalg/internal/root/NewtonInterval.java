package io.quadric.linalg.internal.root;

import io.quadric.linalg.Precision;

/// Bounds of the eigenvalues of M in the coupled Newton iteration for p-th roots, and the factor by which M is best
/// stretched before a step.
///
/// A step takes an eigenvalue x to f(x) = x ((p + 1 − x) / p)ᵖ, which rises from 0 to 1 at x = 1 and falls to 0 at
/// p + 1. Small eigenvalues grow by ((p + 1) / p)ᵖ < e. With M stretched by c they grow by c times as much; c may be as
/// large as keeps the largest one, c times the upper bound, from falling below the smallest.
final class NewtonInterval {
    /// The largest eigenvalue may fall to this: lower it would lose digits that no later step brings back.
    private static final double FLOOR = 0.02;

    private static final int HALVINGS = 60;

    private final int root;
    private double lower;
    private double upper = 1;

    /// For eigenvalues from `smallest`, which may be below what the precision resolves, to 1.
    NewtonInterval(int root, Precision precision, double smallest) {
        this.root = root;
        double resolved = precision == Precision.FLOAT64 ? 0x1p-52 : 0x1p-23;
        lower = Math.clamp(smallest, resolved, 1);
    }

    /// The largest distance of an eigenvalue from 1.
    double distance() {
        return Math.max(1 - lower, upper - 1);
    }

    /// Returns the factor for the next step, and moves the bounds to where they are after it.
    double stretch() {
        double least = 1 / upper;
        double most = (root + 1) / upper;
        for (int i = 0; i < HALVINGS; i++) {
            double c = (least + most) / 2;
            double smallest = c * lower < 1 ? step(c * lower) : 1;
            if (step(c * upper) > Math.max(smallest, FLOOR)) {
                least = c;
            } else {
                most = c;
            }
        }
        double low = step(least * lower);
        double high = step(least * upper);
        upper = least * lower < 1 ? 1 : Math.max(low, high);
        lower = Math.min(low, high);
        return least;
    }

    /// f(x)
    private double step(double x) {
        return x * Math.pow((root + 1 - x) / root, root);
    }
}
