package io.quadric.linalg.internal;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise.FunctionPoint;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// The plain loops: the reference of the SIMD twin, and what runs where the Vector API is absent.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleKernels implements Kernels {
    @Override
    public void fill(double value, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            int at = y.rowOffset(i);
            java.util.Arrays.fill(y.doubles(), at, at + y.columns(), (/*E*/double) value);
        }
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            System.arraycopy(x.doubles(), x.rowOffset(i), y.doubles(), y.rowOffset(i), y.columns());
        }
    }

    @Override
    public void scale(double a, Matrix y) {
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < y.rows(); i++) {
            int at = y.rowOffset(i);
            for (int j = at; j < at + y.columns(); j++) {
                ya[j] *= (/*E*/double) a;
            }
        }
    }

    @Override
    public void axpby(double a, Matrix x, double b, Matrix y) {
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < y.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                double old = b == 0 ? 0 : b * ya[yi + j];
                ya[yi + j] = (/*E*/double) (a * xa[xi + j] + old);
            }
        }
    }

    @Override
    public void multiply(double a, Pair xy, double b, Matrix z) {
        /*E*/double[] xa = xy.a().doubles();
        /*E*/double[] ya = xy.b().doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < z.rows(); i++) {
            int xi = xy.a().rowOffset(i);
            int yi = xy.b().rowOffset(i);
            int zi = z.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double old = b == 0 ? 0 : b * za[zi + j];
                za[zi + j] = (/*E*/double) (a * xa[xi + j] * ya[yi + j] + old);
            }
        }
    }

    @Override
    public void divide(Matrix x, Matrix y, Matrix z) {
        for (int i = 0; i < z.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                z.doubles()[zi + j] = x.doubles()[xi + j] / y.doubles()[yi + j];
            }
        }
    }

    @Override
    public void divideByRoot(Pair xy, double a, double b, double epsilon, Matrix z) {
        for (int i = 0; i < z.rows(); i++) {
            int xi = xy.a().rowOffset(i);
            int yi = xy.b().rowOffset(i);
            int zi = z.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double root = Math.sqrt(b * xy.b().doubles()[yi + j]) + epsilon;
                z.doubles()[zi + j] = (/*E*/double) (a * xy.a().doubles()[xi + j] / root);
            }
        }
    }

    @Override
    public void power(Matrix x, double shift, double exponent, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                y.doubles()[yi + j] = (/*E*/double) Math.pow(x.doubles()[xi + j] + shift, exponent);
            }
        }
    }

    @Override
    public void apply(ElementaryFunction f, Matrix x, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                y.doubles()[yi + j] = (/*E*/double) ScalarFunctions.value(f, x.doubles()[xi + j]);
            }
        }
    }

    @Override
    public void chain(ElementaryFunction f, FunctionPoint at, Matrix dy, Matrix dx) {
        for (int i = 0; i < dx.rows(); i++) {
            int xi = at.x().rowOffset(i);
            int yi = at.y().rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < dx.columns(); j++) {
                double slope = ScalarFunctions.derivative(f, at.x().doubles()[xi + j], at.y().doubles()[yi + j]);
                dx.doubles()[oi + j] = (/*E*/double) (slope * dy.doubles()[di + j]);
            }
        }
    }

    @Override
    public void addSecond(ElementaryFunction f, FunctionPoint at, Pair ab, Matrix dx) {
        for (int i = 0; i < dx.rows(); i++) {
            int xi = at.x().rowOffset(i);
            int yi = at.y().rowOffset(i);
            int ai = ab.a().rowOffset(i);
            int bi = ab.b().rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < dx.columns(); j++) {
                double bend = ScalarFunctions.second(f, at.x().doubles()[xi + j], at.y().doubles()[yi + j]);
                double product = bend * ab.a().doubles()[ai + j] * ab.b().doubles()[bi + j];
                dx.doubles()[oi + j] += (/*E*/double) product;
            }
        }
    }

    @Override
    public void addRow(Vector row, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                y.doubles()[yi + j] += row.doubles()[row.offset() + j];
            }
        }
    }

    @Override
    public void sumRows(double a, Matrix x, double b, Vector s) {
        double[] sums = new double[s.size()];
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < sums.length; j++) {
                sums[j] += x.doubles()[xi + j];
            }
        }
        for (int j = 0; j < sums.length; j++) {
            double old = b == 0 ? 0 : b * s.doubles()[s.offset() + j];
            s.doubles()[s.offset() + j] = (/*E*/double) (a * sums[j] + old);
        }
    }

    @Override
    public void scaleRows(Vector c, Matrix x, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            axpby(c.doubles()[c.offset() + i], x.rows(i, i + 1), 0, y.rows(i, i + 1));
        }
    }

    @Override
    public void rowSums(Matrix x, Vector s) {
        for (int i = 0; i < x.rows(); i++) {
            s.doubles()[s.offset() + i] = (/*E*/double) sum(x.rows(i, i + 1));
        }
    }

    @Override
    public void argMaxRows(Matrix x, int[] index) {
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

    @Override
    public void softmaxRows(Matrix z, Matrix p) {
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

    @Override
    public void logSumExpRows(Matrix z, Vector s) {
        for (int i = 0; i < z.rows(); i++) {
            s.doubles()[s.offset() + i] = (/*E*/double) logSumExp(z, i);
        }
    }

    @Override
    public void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        for (int i = 0; i < p.rows(); i++) {
            double mean = dot(p.rows(i, i + 1), u.rows(i, i + 1));
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

    @Override
    public void gemv(double alpha, Matrix a, Vector x, double beta, Vector y) {
        ScalarDoubleProducts.gemv(alpha, a, x, beta, y);
    }

    @Override
    public void gemvTransposed(double alpha, Matrix a, Vector x, double beta, Vector y) {
        ScalarDoubleProducts.gemvTransposed(alpha, a, x, beta, y);
    }

    @Override
    public void ger(double alpha, Vector x, Vector y, Matrix a) {
        ScalarDoubleProducts.ger(alpha, x, y, a);
    }

    @Override
    public void rotateRows(Vector rotations, Matrix z) {
        ScalarDoubleProducts.rotateRows(rotations, z);
    }

    @Override
    public void rotateRowsTwice(Vector first, Vector second, Matrix z) {
        ScalarDoubleProducts.rotateRowsTwice(first, second, z);
    }

    @Override
    public double sigmoidCrossEntropy(Matrix z, Matrix t) {
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

    @Override
    public double softmaxCrossEntropy(Matrix z, Matrix t) {
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

    @Override
    public double squaredDistance(Matrix x, Matrix y) {
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

    @Override
    public double dot(Matrix x, Matrix y) {
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

    @Override
    public double sum(Matrix x) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            int xi = x.rowOffset(i);
            for (int j = 0; j < x.columns(); j++) {
                sum += x.doubles()[xi + j];
            }
        }
        return sum;
    }

    @Override
    public double norm(Matrix x) {
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

    @Override
    public double maxAbs(Matrix x) {
        double largest = 0;
        for (int i = 0; i < x.rows(); i++) {
            int at = x.rowOffset(i);
            for (int j = at; j < at + x.columns(); j++) {
                largest = Math.max(largest, Math.abs(x.doubles()[j]));
            }
        }
        return largest;
    }

    @Override
    public boolean isFinite(Matrix x) {
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
