package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;

/// Copies between the precisions; narrowing rounds to the nearest.
public final class Conversion {
    private Conversion() {}

    /// y ← x for matrices of the same shape and different precisions.
    public static void copy(Matrix x, Matrix y) {
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            if (x.precision() == Precision.FLOAT64) {
                narrow(x.doubles(), xi, y.floats(), yi, x.columns());
            } else {
                widen(x.floats(), xi, y.doubles(), yi, x.columns());
            }
        }
    }

    private static void narrow(double[] x, int xi, float[] y, int yi, int n) {
        for (int j = 0; j < n; j++) {
            y[yi + j] = (float) x[xi + j];
        }
    }

    private static void widen(float[] x, int xi, double[] y, int yi, int n) {
        for (int j = 0; j < n; j++) {
            y[yi + j] = x[xi + j];
        }
    }
}
