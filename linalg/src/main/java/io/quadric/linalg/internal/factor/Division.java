package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;

/// x ← x / c by a product with 1 / c, also where 1 / c is no normal number.
public final class Division {
    private Division() {}

    public static void divide(Vector x, double by) {
        int limit = x.precision() == Precision.FLOAT64 ? Double.MAX_EXPONENT : Float.MAX_EXPONENT;
        int exponent = Math.getExponent(by);
        if (Math.abs(exponent) < limit - 1 || by == 0 || exponent > Double.MAX_EXPONENT) {
            x.scale(1 / by);
            return;
        }
        // in steps of powers of two, of which none overflows; subnormal numbers have one exponent in common
        int half = exponent / 2;
        x.scale(Math.scalb(1.0, -half)).scale(Math.scalb(1.0, half - exponent));
        x.scale(1 / Math.scalb(by, -exponent));
    }
}
