package io.quadric.verify;

import io.quadric.linalg.Precision;

/// Relative errors. NaN anywhere gives NaN, which is within no bound.
///
/// A floor keeps an error from being measured against numbers that are nothing but rounding themselves, as the gradient
/// of a loss that happens to be constant.
final class Errors {
    /// Part of the natural size of a quantity below which its own rounding is all that is left.
    static final double FLOOR = 1e-3;

    private static final double DIFFERENCES_FLOOR = 1e-5;

    private Errors() {}

    /// The same for a comparison with differences, which cannot tell changes below 10⁻¹⁶ f / h from rounding, under a
    /// bound that is wider than that of rounding in FLOAT64.
    static double differencesFloor(Precision precision) {
        return precision == Precision.FLOAT64 ? DIFFERENCES_FLOOR : FLOOR;
    }

    /// max |got − expected| / (max |expected| + floor); 0 if both are the same.
    static double relative(double[] got, double[] expected, double floor) {
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            error = max(error, Math.abs(got[i] - expected[i]));
        }
        return error == 0 ? 0 : error / (largest(expected) + floor);
    }

    static double relative(double[] got, double[] expected) {
        return relative(got, expected, 0);
    }

    /// |a − b| / scale; 0 if a is b.
    static double relative(double a, double b, double scale) {
        double error = Math.abs(a - b);
        return error == 0 ? 0 : error / scale;
    }

    static double largest(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = max(largest, Math.abs(value));
        }
        return largest;
    }

    /// The larger one; NaN if one is NaN.
    static double max(double a, double b) {
        return Math.max(a, b);
    }
}
