package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.Scaling;

/// Plain loops for products of a matrix with a vector, rotations of rows, and transposes; sums are in double for either
/// precision.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleProducts {
    /// The order of the square blocks that are transposed one by one.
    private static final int SQUARE = 32;

    private ScalarDoubleProducts() {}

    static void gemv(double alpha, Matrix a, Vector x, double beta, Vector y) {
        /*E*/double[] aa = a.doubles();
        /*E*/double[] xa = x.doubles();
        for (int i = 0; i < a.rows(); i++) {
            int at = a.rowOffset(i);
            double sum = 0;
            for (int j = 0; j < a.columns(); j++) {
                sum += (double) aa[at + j] * xa[x.offset() + j];
            }
            store(y, i, alpha * sum, beta);
        }
    }

    static void gemvTransposed(double alpha, Matrix a, Vector x, double beta, Vector y) {
        /*E*/double[] aa = a.doubles();
        for (int j = 0; j < a.columns(); j++) {
            double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                sum += (double) aa[a.rowOffset(i) + j] * x.doubles()[x.offset() + i];
            }
            store(y, j, alpha * sum, beta);
        }
    }

    private static void store(Vector y, int i, double sum, double beta) {
        /*E*/double[] ya = y.doubles();
        int at = y.offset() + i;
        ya[at] = (/*E*/double) Scaling.sum(sum, beta, ya[at], /*E*/Double.MIN_NORMAL);
    }

    static void ger(double alpha, Vector x, Vector y, Matrix a) {
        /*E*/double[] aa = a.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < a.rows(); i++) {
            double factor = alpha * x.doubles()[x.offset() + i];
            int at = a.rowOffset(i);
            for (int j = 0; j < a.columns(); j++) {
                aa[at + j] = (/*E*/double) (aa[at + j] + factor * ya[y.offset() + j]);
            }
        }
    }

    /// By squares that stay in the first-level cache.
    static void transpose(Matrix x, Matrix y) {
        for (int i = 0; i < x.rows(); i += SQUARE) {
            for (int j = 0; j < x.columns(); j += SQUARE) {
                Matrix from = x.rows(i, Math.min(x.rows(), i + SQUARE));
                transposeColumns(from, j, Math.min(x.columns(), j + SQUARE), y.columns(i, i + from.rows()));
            }
        }
    }

    private static void transposeColumns(Matrix x, int from, int to, Matrix y) {
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        int stride = x.rowStride();
        for (int j = from; j < to; j++) {
            int at = x.rowOffset(0) + j;
            int out = y.rowOffset(j);
            for (int i = 0; i < x.rows(); i++) {
                ya[out + i] = xa[at + i * stride];
            }
        }
    }

    static void rotateRows(Vector rotations, Matrix z) {
        /*E*/double[] r = rotations.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = z.rows() - 2; i >= 0; i--) {
            double c = r[rotations.offset() + 2 * i];
            double s = r[rotations.offset() + 2 * i + 1];
            int upper = z.rowOffset(i);
            int lower = z.rowOffset(i + 1);
            for (int j = 0; j < z.columns(); j++) {
                double u = za[upper + j];
                double l = za[lower + j];
                za[lower + j] = (/*E*/double) (s * u + c * l);
                za[upper + j] = (/*E*/double) (c * u - s * l);
            }
        }
    }

    static void rotateRowsTwice(Vector first, Vector second, Matrix z) {
        if (z.rows() > 1) {
            rotateRows(first, z);
            rotateRows(second.slice(2, second.size()), z.rows(1, z.rows()));
        }
    }
}
