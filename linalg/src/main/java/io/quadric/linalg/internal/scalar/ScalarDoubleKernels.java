package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.ScalarFunctions;
import io.quadric.linalg.internal.kernel.Scaling;
import java.util.function.DoubleUnaryOperator;

/// The plain loops: the reference for the SIMD twin, and what runs where the Vector API is absent.
@SuppressWarnings("cast") // the casts do their work in the float twin
public final class ScalarDoubleKernels implements Kernels {
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
    public void transpose(Matrix x, Matrix y) {
        ScalarDoubleProducts.transpose(x, y);
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
    public void decay(double b, Matrix y) {
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < y.rows(); i++) {
            int at = y.rowOffset(i);
            for (int j = at; j < at + y.columns(); j++) {
                ya[j] = (/*E*/double) Scaling.sum(0, b, ya[j], /*E*/Double.MIN_NORMAL);
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
                ya[yi + j] = (/*E*/double) Scaling.sum(a * xa[xi + j], b, ya[yi + j], /*E*/Double.MIN_NORMAL);
            }
        }
    }

    @Override
    public void multiply(double a, Matrix x, Matrix y, double b, Matrix z) {
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < z.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double product = a * xa[xi + j] * ya[yi + j];
                za[zi + j] = (/*E*/double) Scaling.sum(product, b, za[zi + j], /*E*/Double.MIN_NORMAL);
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
    public void divideByRoot(RootDivision by, Matrix x, Matrix y, Matrix z) {
        for (int i = 0; i < z.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            for (int j = 0; j < z.columns(); j++) {
                double root = Math.sqrt(by.b() * y.doubles()[yi + j]) + by.epsilon();
                z.doubles()[zi + j] = (/*E*/double) (by.a() * x.doubles()[xi + j] / root);
            }
        }
    }

    @Override
    public void power(Matrix x, double shift, double exponent, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                double base = x.doubles()[xi + j] + shift;
                y.doubles()[yi + j] = (/*E*/double) (exponent == 1 ? base : Math.pow(base, exponent));
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
    public void map(DoubleUnaryOperator f, Matrix x, Matrix y) {
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < y.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < y.columns(); j++) {
                ya[yi + j] = (/*E*/double) f.applyAsDouble(xa[xi + j]);
            }
        }
    }

    @Override
    public void chain(FunctionPoint at, Matrix dy, Matrix dx) {
        for (int i = 0; i < dx.rows(); i++) {
            int xi = at.x().rowOffset(i);
            int yi = at.y().rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < dx.columns(); j++) {
                double slope = ScalarFunctions.derivative(at.function(), at.x().doubles()[xi + j],
                        at.y().doubles()[yi + j]);
                dx.doubles()[oi + j] = (/*E*/double) (slope * dy.doubles()[di + j]);
            }
        }
    }

    @Override
    public void addSecond(FunctionPoint at, Matrix a, Matrix b, Matrix dx) {
        for (int i = 0; i < dx.rows(); i++) {
            int xi = at.x().rowOffset(i);
            int yi = at.y().rowOffset(i);
            int ai = a.rowOffset(i);
            int bi = b.rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < dx.columns(); j++) {
                double bend = ScalarFunctions.second(at.function(), at.x().doubles()[xi + j], at.y().doubles()[yi + j]);
                double product = bend * a.doubles()[ai + j] * b.doubles()[bi + j];
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
        ScalarDoubleReductions.sumRows(a, x, b, s);
    }

    @Override
    public void scaleRows(Vector c, Matrix x, Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            axpby(c.doubles()[c.offset() + i], x.rows(i, i + 1), 0, y.rows(i, i + 1));
        }
    }

    @Override
    public void rowSums(Matrix x, Vector s) {
        ScalarDoubleReductions.rowSums(x, s);
    }

    @Override
    public void argMaxRows(Matrix x, int[] index) {
        ScalarDoubleReductions.argMaxRows(x, index);
    }

    @Override
    public void softmaxRows(Matrix z, Matrix p) {
        ScalarDoubleSoftmax.softmaxRows(z, p);
    }

    @Override
    public void logSumExpRows(Matrix z, Vector s) {
        ScalarDoubleSoftmax.logSumExpRows(z, s);
    }

    @Override
    public void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g) {
        ScalarDoubleSoftmax.softmaxGradient(p, mass, t, g);
    }

    @Override
    public void sigmoidGradient(Matrix z, Matrix t, Matrix g) {
        ScalarDoubleSoftmax.sigmoidGradient(z, t, g);
    }

    @Override
    public void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        ScalarDoubleSoftmax.softmaxHessian(p, weights, u, h);
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
        return ScalarDoubleSoftmax.sigmoidCrossEntropy(z, t);
    }

    @Override
    public double softmaxCrossEntropy(Matrix z, Matrix t) {
        return ScalarDoubleSoftmax.softmaxCrossEntropy(z, t);
    }

    @Override
    public double squaredDistance(Matrix x, Matrix y) {
        return ScalarDoubleReductions.squaredDistance(x, y);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return ScalarDoubleReductions.dot(x, y);
    }

    @Override
    public double conjugateStep(double a, Vector p, Vector q, Vector x, Vector r) {
        axpby(a, p.asRow(), 1, x.asRow());
        axpby(a, q.asRow(), 1, r.asRow());
        return dot(r.asRow(), r.asRow());
    }

    @Override
    public double squareOver(Matrix x, Matrix d) {
        return ScalarDoubleReductions.squareOver(x, d);
    }

    @Override
    public double sum(Matrix x) {
        return ScalarDoubleReductions.sum(x);
    }

    @Override
    public double norm(Matrix x) {
        return ScalarDoubleReductions.norm(x);
    }

    @Override
    public double maxAbs(Matrix x) {
        return ScalarDoubleReductions.maxAbs(x);
    }

    @Override
    public boolean isFinite(Matrix x) {
        return ScalarDoubleReductions.isFinite(x);
    }
}
