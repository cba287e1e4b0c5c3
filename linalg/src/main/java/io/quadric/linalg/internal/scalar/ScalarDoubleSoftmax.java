package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.ScalarFunctions;

/// Plain loops for the softmax of rows and for cross-entropies.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleSoftmax {
    private ScalarDoubleSoftmax() {}

    static void softmaxRows(Matrix z, Matrix p) {
        for (int i = 0; i < z.rows(); i++) {
            double shift = logSumExp(z, i);
            int zi = z.rowOffset(i);
            int pi = p.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                p.doubles()[pi + j] = (/*E*/double) Math.exp(z.doubles()[zi + j] - shift);
            }
        }
    }

    private static double logSumExp(Matrix z, int i) {
        int zi = z.rowOffset(i);
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < z.columns(); j++) {
            max = Math.max(max, z.doubles()[zi + j]);
        }
        double sum = 0;
        for (int j = 0; j < z.columns(); j++) {
            sum += Math.exp(z.doubles()[zi + j] - max);
        }
        return max + Math.log(sum);
    }

    static void logSumExpRows(Matrix z, Vector s) {
        for (int i = 0; i < z.rows(); i++) {
            s.doubles()[s.offset() + i] = (/*E*/double) logSumExp(z, i);
        }
    }

    static void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        for (int i = 0; i < p.rows(); i++) {
            double mean = ScalarDoubleReductions.dot(p.rows(i, i + 1), u.rows(i, i + 1));
            double weight = weights.doubles()[weights.offset() + i];
            int pi = p.rowOffset(i);
            int ui = u.rowOffset(i);
            int hi = h.rowOffset(i);
            for (int j = 0; j < p.columns(); j++) {
                double centred = u.doubles()[ui + j] - mean;
                h.doubles()[hi + j] = (/*E*/double) (weight * p.doubles()[pi + j] * centred);
            }
        }
    }

    static double sigmoidCrossEntropy(Matrix z, Matrix t) {
        double sum = 0;
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double logit = z.doubles()[zi + j];
                sum += ScalarFunctions.softplus(logit) - t.doubles()[ti + j] * logit;
            }
        }
        return sum;
    }

    static double softmaxCrossEntropy(Matrix z, Matrix t) {
        double sum = 0;
        for (int i = 0; i < z.rows(); i++) {
            double logPartition = logSumExp(z, i);
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                sum += t.doubles()[ti + j] * (logPartition - z.doubles()[zi + j]);
            }
        }
        return sum;
    }
}
