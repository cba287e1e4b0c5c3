package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.Scaling;

/// Plain loops for sums and maxima over elements, accumulated in double for either precision.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleReductions {
    private ScalarDoubleReductions() {}

    static void sumRows(double a, Matrix x, double b, Vector s) {
        int j = 0;
        for (; j <= x.columns() - 4; j += 4) {
            sumFour(a, x.columns(j, j + 4), b, s.slice(j, j + 4));
        }
        for (; j < x.columns(); j++) {
            double sum = 0;
            for (int i = 0; i < x.rows(); i++) {
                sum += x.doubles()[x.rowOffset(i) + j];
            }
            store(s, j, a * sum, b);
        }
    }

    private static void sumFour(double a, Matrix x, double b, Vector s) {
        /*E*/double[] xa = x.doubles();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = 0; i < x.rows(); i++) {
            int at = x.rowOffset(i);
            s0 += xa[at];
            s1 += xa[at + 1];
            s2 += xa[at + 2];
            s3 += xa[at + 3];
        }
        store(s, 0, a * s0, b);
        store(s, 1, a * s1, b);
        store(s, 2, a * s2, b);
        store(s, 3, a * s3, b);
    }

    private static void store(Vector s, int j, double sum, double b) {
        /*E*/double[] sa = s.doubles();
        int at = s.offset() + j;
        sa[at] = (/*E*/double) Scaling.sum(sum, b, sa[at], /*E*/Double.MIN_NORMAL);
    }

    static void rowSums(Matrix x, Vector s) {
        for (int i = 0; i < x.rows(); i++) {
            s.doubles()[s.offset() + i] = (/*E*/double) sum(x.rows(i, i + 1));
        }
    }

    static void argMaxRows(Matrix x, int[] index) {
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            int best = 0;
            for (int j = 1; j < x.columns(); j++) {
                if (x.doubles()[xi + j] > x.doubles()[xi + best]) {
                    best = j;
                }
            }
            index[i] = best;
        }
    }

    static double squaredDistance(Matrix x, Matrix y) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                double difference = (double) x.doubles()[xi + j] - y.doubles()[yi + j];
                sum += difference * difference;
            }
        }
        return sum;
    }

    static double dot(Matrix x, Matrix y) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                sum += (double) x.doubles()[xi + j] * y.doubles()[yi + j];
            }
        }
        return sum;
    }

    static double squareOver(Matrix x, Matrix d) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            int di = d.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                double element = x.doubles()[xi + j];
                sum += element * (element / d.doubles()[di + j]);
            }
        }
        return sum;
    }

    static double sum(Matrix x) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                sum += x.doubles()[xi + j];
            }
        }
        return sum;
    }

    static double norm(Matrix x) {
        double square = dot(x, x);
        if (square > 1e-280 && square < 1e300) {
            return Math.sqrt(square);
        }
        return scaledNorm(x);
    }

    private static double scaledNorm(Matrix x) {
        double max = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                max = Math.max(max, Math.abs(x.doubles()[xi + j]));
            }
        }
        if (max == 0 || !Double.isFinite(max)) {
            return max;
        }
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                double ratio = x.doubles()[xi + j] / max;
                sum += ratio * ratio;
            }
        }
        return max * Math.sqrt(sum);
    }

    static double maxAbs(Matrix x) {
        double largest = 0;
        for (int i = 0; i < x.rows(); i++) {
            int at = x.rowOffset(i);
            for (int j = at; j < at + x.columns(); j++) {
                largest = Math.max(largest, Math.abs(x.doubles()[j]));
            }
        }
        return largest;
    }

    static boolean isFinite(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                if (!Double.isFinite(x.doubles()[xi + j])) {
                    return false;
                }
            }
        }
        return true;
    }
}
