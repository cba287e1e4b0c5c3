package io.quadric.linalg.internal;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise.FunctionPoint;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;

/// The loops over elements, for one precision and one way of computing. Shapes and precisions were checked by the
/// caller; the elementwise ones run on the calling thread.
public interface Kernels {
    /// The kernels in use for a precision, chosen once.
    static Kernels of(Precision precision) {
        return KernelProvider.of(precision);
    }

    void fill(double value, Matrix y);

    void copy(Matrix x, Matrix y);

    void scale(double a, Matrix y);

    void axpby(double a, Matrix x, double b, Matrix y);

    void multiply(double a, Pair xy, double b, Matrix z);

    void divide(Matrix x, Matrix y, Matrix z);

    void divideByRoot(Pair xy, double a, double b, double epsilon, Matrix z);

    void power(Matrix x, double shift, double exponent, Matrix y);

    void apply(ElementaryFunction f, Matrix x, Matrix y);

    void chain(ElementaryFunction f, FunctionPoint at, Matrix dy, Matrix dx);

    void addSecond(ElementaryFunction f, FunctionPoint at, Pair ab, Matrix dx);

    void addRow(Vector row, Matrix y);

    void sumRows(double a, Matrix x, double b, Vector s);

    void scaleRows(Vector c, Matrix x, Matrix y);

    void rowSums(Matrix x, Vector s);

    void argMaxRows(Matrix x, int[] index);

    void softmaxRows(Matrix z, Matrix p);

    void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h);

    double sigmoidCrossEntropy(Matrix z, Matrix t);

    double softmaxCrossEntropy(Matrix z, Matrix t);

    double squaredDistance(Matrix x, Matrix y);

    double dot(Matrix x, Matrix y);

    double sum(Matrix x);

    double norm(Matrix x);

    boolean isFinite(Matrix x);
}
