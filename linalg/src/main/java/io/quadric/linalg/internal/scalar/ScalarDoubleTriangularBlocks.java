package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.TriangularBlocks;
import java.util.Arrays;

/// Plain loops, with sums in double for either precision.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleTriangularBlocks implements TriangularBlocks {
    @Override
    public int factor(Matrix a, Matrix inverse) {
        int failed = factor(a);
        if (failed < 0) {
            invert(a, inverse);
        }
        return failed;
    }

    /// Column by column; the columns to the left are finished.
    private static int factor(Matrix a) {
        /*E*/double[] l = a.doubles();
        for (int j = 0; j < a.rows(); j++) {
            int row = a.rowOffset(j);
            double pivot = l[row + j] - dot(l, row, row, j);
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                l[row + j] = (/*E*/double) pivot;
                return j;
            }
            double root = Math.sqrt(pivot);
            l[row + j] = (/*E*/double) root;
            int i = j + 1;
            for (; i <= a.rows() - 4; i += 4) {
                subtractFour(l, a.rowOffset(i), row, j, a.rowStride());
            }
            for (; i < a.rows(); i++) {
                l[a.rowOffset(i) + j] -= (/*E*/double) dot(l, a.rowOffset(i), row, j);
            }
            divideColumn(a, j, root);
        }
        return -1;
    }

    private static double dot(/*E*/double[] l, int p, int q, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += (double) l[p + k] * l[q + k];
        }
        return sum;
    }

    /// In each of four rows from p on, subtracts from element n the product of the n elements before it with those of
    /// row q.
    private static void subtractFour(/*E*/double[] l, int p, int q, int n, int stride) {
        int p1 = p + stride;
        int p2 = p1 + stride;
        int p3 = p2 + stride;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int k = 0; k < n; k++) {
            double x = l[q + k];
            s0 += x * l[p + k];
            s1 += x * l[p1 + k];
            s2 += x * l[p2 + k];
            s3 += x * l[p3 + k];
        }
        l[p + n] = (/*E*/double) (l[p + n] - s0);
        l[p1 + n] = (/*E*/double) (l[p1 + n] - s1);
        l[p2 + n] = (/*E*/double) (l[p2 + n] - s2);
        l[p3 + n] = (/*E*/double) (l[p3 + n] - s3);
    }

    private static void divideColumn(Matrix a, int j, double root) {
        /*E*/double[] l = a.doubles();
        for (int i = j + 1; i < a.rows(); i++) {
            l[a.rowOffset(i) + j] /= (/*E*/double) root;
        }
    }

    /// Row i of the inverse is −(Σₖ Lᵢₖ · row k) / Lᵢᵢ over k < i, and 1 / Lᵢᵢ on the diagonal.
    private static void invert(Matrix lower, Matrix inverse) {
        /*E*/double[] l = lower.doubles();
        /*E*/double[] m = inverse.doubles();
        double[] sums = new double[lower.rows()];
        for (int i = 0; i < lower.rows(); i++) {
            Arrays.fill(sums, 0, i, 0.0);
            int row = lower.rowOffset(i);
            for (int k = 0; k < i; k++) {
                addScaled(l[row + k], m, inverse.rowOffset(k), sums, k + 1);
            }
            double diagonal = l[row + i];
            int out = inverse.rowOffset(i);
            for (int j = 0; j < i; j++) {
                m[out + j] = (/*E*/double) (-sums[j] / diagonal);
            }
            m[out + i] = (/*E*/double) (1 / diagonal);
            Arrays.fill(m, out + i + 1, out + lower.rows(), (/*E*/double) 0);
        }
    }

    private static void addScaled(double factor, /*E*/double[] m, int at, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * m[at + j];
        }
    }
}
