package io.quadric.linalg.internal.simd;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.Scaling;
import io.quadric.linalg.internal.scalar.ScalarDoubleKernels;
import java.util.function.DoubleUnaryOperator;

/// The vectorised loops. What the virtual machine does as well by itself (filling, copying, searching) is left to the
/// scalar twin.
final class SimdDoubleKernels implements Kernels {
    private final Kernels scalar = new ScalarDoubleKernels();

    @Override
    public void fill(double value, Matrix y) {
        scalar.fill(value, y);
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        scalar.copy(x, y);
    }

    @Override
    public void transpose(Matrix x, Matrix y) {
        scalar.transpose(x, y);
    }

    @Override
    public void scale(double a, Matrix y) {
        SimdDoubleArithmetic.scale(a, 0, y);
    }

    @Override
    public void decay(double b, Matrix y) {
        SimdDoubleArithmetic.scale(b, Scaling.least(b, /*E*/Double.MIN_NORMAL), y);
    }

    @Override
    public void axpby(double a, Matrix x, double b, Matrix y) {
        if (b == 0) {
            SimdDoubleArithmetic.setScaled(a, x, y);
        } else {
            SimdDoubleArithmetic.axpby(a, x, b, y);
        }
    }

    @Override
    public void multiply(double a, Matrix x, Matrix y, double b, Matrix z) {
        if (b == 0) {
            SimdDoubleArithmetic.setProduct(a, x, y, z);
        } else {
            SimdDoubleArithmetic.multiply(a, x, y, b, z);
        }
    }

    @Override
    public void divide(Matrix x, Matrix y, Matrix z) {
        SimdDoubleArithmetic.divide(x, y, z);
    }

    @Override
    public void divideByRoot(RootDivision by, Matrix x, Matrix y, Matrix z) {
        SimdDoubleArithmetic.divideByRoot(by, x, y, z);
    }

    @Override
    public void power(Matrix x, double shift, double exponent, Matrix y) {
        // the vector power has other bits in interpreted than in compiled code
        scalar.power(x, shift, exponent, y);
    }

    @Override
    public void apply(ElementaryFunction f, Matrix x, Matrix y) {
        SimdDoubleFunctions.apply(f, x, y);
    }

    @Override
    public void map(DoubleUnaryOperator f, Matrix x, Matrix y) {
        scalar.map(f, x, y);
    }

    @Override
    public void chain(FunctionPoint at, Matrix dy, Matrix dx) {
        SimdDoubleDerivatives.chain(at, dy, dx);
    }

    @Override
    public void addSecond(FunctionPoint at, Matrix a, Matrix b, Matrix dx) {
        SimdDoubleDerivatives.addSecond(at, a, b, dx);
    }

    @Override
    public void addRow(Vector row, Matrix y) {
        SimdDoubleArithmetic.addRow(row, y);
    }

    @Override
    public void sumRows(double a, Matrix x, double b, Vector s) {
        SimdDoubleReductions.sumRows(a, x, b, s);
    }

    @Override
    public void scaleRows(Vector c, Matrix x, Matrix y) {
        SimdDoubleArithmetic.scaleRows(c, x, y);
    }

    @Override
    public void rowSums(Matrix x, Vector s) {
        SimdDoubleReductions.rowSums(x, s);
    }

    @Override
    public void argMaxRows(Matrix x, int[] index) {
        scalar.argMaxRows(x, index);
    }

    @Override
    public void softmaxRows(Matrix z, Matrix p) {
        SimdDoubleSoftmax.softmaxRows(z, p);
    }

    @Override
    public void logSumExpRows(Matrix z, Vector s) {
        SimdDoubleSoftmax.logSumExpRows(z, s);
    }

    @Override
    public void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g) {
        SimdDoubleSoftmax.softmaxGradient(p, mass, t, g);
    }

    @Override
    public void sigmoidGradient(Matrix z, Matrix t, Matrix g) {
        SimdDoubleSoftmax.sigmoidGradient(z, t, g);
    }

    @Override
    public void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        SimdDoubleSoftmax.softmaxHessian(p, weights, u, h);
    }

    @Override
    public void gemv(double alpha, Matrix a, Vector x, double beta, Vector y) {
        SimdDoubleProducts.gemv(alpha, a, x, beta, y);
    }

    @Override
    public void gemvTransposed(double alpha, Matrix a, Vector x, double beta, Vector y) {
        SimdDoubleProducts.gemvTransposed(alpha, a, x, beta, y);
    }

    @Override
    public void ger(double alpha, Vector x, Vector y, Matrix a) {
        SimdDoubleProducts.ger(alpha, x, y, a);
    }

    @Override
    public void rotateRows(Vector rotations, Matrix z) {
        SimdDoubleRotations.rotateRows(rotations, z);
    }

    @Override
    public void rotateRowsTwice(Vector first, Vector second, Matrix z) {
        SimdDoubleRotations.rotateRowsTwice(first, second, z);
    }

    @Override
    public double sigmoidCrossEntropy(Matrix z, Matrix t) {
        return SimdDoubleSoftmax.sigmoidCrossEntropy(z, t);
    }

    @Override
    public double softmaxCrossEntropy(Matrix z, Matrix t) {
        return SimdDoubleSoftmax.softmaxCrossEntropy(z, t);
    }

    @Override
    public double squaredDistance(Matrix x, Matrix y) {
        return SimdDoubleReductions.squaredDistance(x, y);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return SimdDoubleReductions.dot(x, y);
    }

    @Override
    public double conjugateStep(double a, Vector p, Vector q, Vector x, Vector r) {
        return SimdDoubleConjugate.step(a, p, q, x, r);
    }

    @Override
    public double squareOver(Matrix x, Matrix d) {
        return SimdDoubleConjugate.squareOver(x, d);
    }

    @Override
    public double sum(Matrix x) {
        return SimdDoubleReductions.sum(x);
    }

    @Override
    public double norm(Matrix x) {
        double square = SimdDoubleReductions.dot(x, x);
        return square > 1e-280 && square < 1e300 ? Math.sqrt(square) : scalar.norm(x);
    }

    @Override
    public double maxAbs(Matrix x) {
        return SimdDoubleReductions.maxAbs(x);
    }

    @Override
    public boolean isFinite(Matrix x) {
        return SimdDoubleReductions.isFinite(x);
    }
}
