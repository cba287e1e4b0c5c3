package io.quadric.linalg.internal.root;

import io.quadric.linalg.Precision;

/// Bounds of the eigenvalues of M in the coupled Newton iteration for p-th roots, and the factor by which it pays to
/// stretch M before a step.
///
/// A step takes an eigenvalue x to f(x) = x ((p + 1 − x) / p)ᵖ, which rises from 0 to 1 at x = 1 and falls to 0 at p +
/// 1. Small eigenvalues grow by ((p + 1) / p)ᵖ < e. If M is stretched by c, they grow by c times as much; the largest c
/// is the one for which the largest eigenvalue, c times the upper bound, does not fall below the smallest.
final class NewtonInterval {
    /// The largest eigenvalue may fall to this; below it, it would lose digits that no later step restores.
    private static final double FLOOR = 0.02;

    private static final int HALVINGS = 60;

    private final int root;
    private double lower;
    private double upper = 1;

    /// For eigenvalues between `smallest`, which may be below what the precision resolves, and 1.
    NewtonInterval(int root, Precision precision, double smallest) {
        this.root = root;
        double resolved = precision == Precision.FLOAT64 ? 0x1p-52 : 0x1p-23;
        lower = Math.clamp(smallest, resolved, 1);
    }

    /// The largest distance of an eigenvalue from 1.
    double distance() {
        return Math.max(1 - lower, upper - 1);
    }

    /// Returns the factor for the next step, and updates the bounds for it.
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
