package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// Plain loops for the softmax of rows and for cross-entropies.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleSoftmax {
    private ScalarDoubleSoftmax() {}

    static void softmaxRows(Matrix z, Matrix p) {
        for (int i = 0; i < z.rows(); i++) {
            Partition partition = Partition.of(z, i);
            int zi = z.rowOffset(i);
            int pi = p.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double share = Math.exp(z.doubles()[zi + j] - partition.max) / (partition.most + partition.rest);
                p.doubles()[pi + j] = (/*E*/double) share;
            }
        }
    }

    /// Σ exp(z − max) of a row: a 1 for each of the largest elements, and the rest.
    private record Partition(double max, int most, double rest) {
        static Partition of(Matrix z, int i) {
            int zi = z.rowOffset(i);
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < z.columns(); j++) {
                max = Math.max(max, z.doubles()[zi + j]);
            }
            int most = 0;
            double rest = 0;
            for (int j = 0; j < z.columns(); j++) {
                double value = z.doubles()[zi + j];
                most += value == max ? 1 : 0;
                rest += value == max ? 0 : Math.exp(value - max);
            }
            return new Partition(max, most, rest);
        }

        /// Where one element is far above the others, 1 + rest is 1, but its logarithm is not 0.
        double log() {
            return Math.log1p(most - 1 + rest);
        }
    }

    static void logSumExpRows(Matrix z, Vector s) {
        for (int i = 0; i < z.rows(); i++) {
            Partition partition = Partition.of(z, i);
            s.doubles()[s.offset() + i] = (/*E*/double) (partition.max + partition.log());
        }
    }

    static void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        int n = p.columns();
        for (int i = 0; i < p.rows(); i++) {
            int pi = p.rowOffset(i);
            int ui = u.rowOffset(i);
            int hi = h.rowOffset(i);
            double origin = n == 0 ? 0 : u.doubles()[ui + likeliest(p.doubles(), pi, n)];
            double mean = 0;
            for (int j = 0; j < n; j++) {
                mean += p.doubles()[pi + j] * (u.doubles()[ui + j] - origin);
            }
            double weight = weights.doubles()[weights.offset() + i];
            for (int j = 0; j < n; j++) {
                double centred = u.doubles()[ui + j] - origin - mean;
                h.doubles()[hi + j] = (/*E*/double) (weight * p.doubles()[pi + j] * centred);
            }
        }
    }

    /// The column of the largest probability. Differences from it do not cancel where that probability is nearly 1.
    static int likeliest(/*E*/double[] p, int pi, int n) {
        int best = 0;
        for (int j = 1; j < n; j++) {
            best = p[pi + j] > p[pi + best] ? j : best;
        }
        return best;
    }

    /// c p − t; where p is nearly 1, 1 − p is the sum of the other probabilities.
    static void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g) {
        int n = p.columns();
        for (int i = 0; i < p.rows(); i++) {
            int pi = p.rowOffset(i);
            int ti = t.rowOffset(i);
            int gi = g.rowOffset(i);
            double c = mass.doubles()[mass.offset() + i];
            int best = n == 0 ? 0 : likeliest(p.doubles(), pi, n);
            double others = 0;
            for (int j = 0; j < n; j++) {
                double share = p.doubles()[pi + j];
                others += j == best ? 0 : share;
                double target = t.doubles()[ti + j];
                boolean nearOne = j == best && share > 0.5;
                g.doubles()[gi + j] = (/*E*/double) (nearOne ? c - target : c * share - target);
            }
            if (n > 0 && p.doubles()[pi + best] > 0.5) {
                g.doubles()[gi + best] = (/*E*/double) (c - t.doubles()[ti + best] - c * others);
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
                double target = t.doubles()[ti + j];
                double share = logit > 0 ? 1 - target : target;
                sum += Math.abs(logit) * share + Math.log1p(Math.exp(-Math.abs(logit)));
            }
        }
        return sum;
    }

    /// σ(z) − t; for z > 0 as (1 − t) − σ(−z), which does not cancel where σ(z) is nearly 1.
    static void sigmoidGradient(Matrix z, Matrix t, Matrix g) {
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            int gi = g.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double logit = z.doubles()[zi + j];
                double target = t.doubles()[ti + j];
                double e = Math.exp(-Math.abs(logit));
                double tail = e / (1 + e);
                g.doubles()[gi + j] = (/*E*/double) (logit > 0 ? 1 - target - tail : tail - target);
            }
        }
    }

    static double softmaxCrossEntropy(Matrix z, Matrix t) {
        double sum = 0;
        for (int i = 0; i < z.rows(); i++) {
            Partition partition = Partition.of(z, i);
            double log = partition.log();
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double distance = partition.max - z.doubles()[zi + j] + log;
                double target = t.doubles()[ti + j];
                sum += target == 0 && distance == Double.POSITIVE_INFINITY ? 0 : target * distance;
            }
        }
        return sum;
    }
}
