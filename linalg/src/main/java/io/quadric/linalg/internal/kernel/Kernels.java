package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import java.util.function.DoubleUnaryOperator;

/// Passes over the elements of matrices and vectors, in one precision and one implementation, on the calling thread.
/// The caller has checked shapes and precisions.
public interface Kernels {
    void fill(double value, Matrix y);

    void copy(Matrix x, Matrix y);

    /// y ← xᵀ
    void transpose(Matrix x, Matrix y);

    void scale(double a, Matrix y);

    /// y ← b y, with small results as [Scaling] says.
    void decay(double b, Matrix y);

    void axpby(double a, Matrix x, double b, Matrix y);

    void multiply(double a, Matrix x, Matrix y, double b, Matrix z);

    void divide(Matrix x, Matrix y, Matrix z);

    void divideByRoot(RootDivision by, Matrix x, Matrix y, Matrix z);

    void power(Matrix x, double shift, double exponent, Matrix y);

    void apply(ElementaryFunction f, Matrix x, Matrix y);

    /// y ← f(x) in row-major order; x may be y.
    void map(DoubleUnaryOperator f, Matrix x, Matrix y);

    void chain(FunctionPoint at, Matrix dy, Matrix dx);

    void addSecond(FunctionPoint at, Matrix a, Matrix b, Matrix dx);

    void addRow(Vector row, Matrix y);

    void sumRows(double a, Matrix x, double b, Vector s);

    void scaleRows(Vector c, Matrix x, Matrix y);

    void rowSums(Matrix x, Vector s);

    void argMaxRows(Matrix x, int[] index);

    void softmaxRows(Matrix z, Matrix p);

    /// s ← log Σⱼ exp zᵢⱼ for each row i; −∞ for rows without elements.
    void logSumExpRows(Matrix z, Vector s);

    /// g ← c p − t for each row.
    void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g);

    /// g ← logistic(z) − t
    void sigmoidGradient(Matrix z, Matrix t, Matrix g);

    void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h);

    /// y ← α A x + β y; with β = 0 the old elements are not read.
    void gemv(double alpha, Matrix a, Vector x, double beta, Vector y);

    /// y ← α Aᵀ x + β y; with β = 0 the old elements are not read.
    void gemvTransposed(double alpha, Matrix a, Vector x, double beta, Vector y);

    /// A ← A + α x yᵀ
    void ger(double alpha, Vector x, Vector y, Matrix a);

    /// For i = rows − 2, …, 0 the rotation (c, s) = elements 2i and 2i + 1 of `rotations` turns rows i and i + 1:
    /// zᵢ ← c zᵢ − s zᵢ₊₁ and zᵢ₊₁ ← s zᵢ + c zᵢ₊₁.
    void rotateRows(Vector rotations, Matrix z);

    /// [#rotateRows] with `first`, then with all of `second` but the last rotation, the one of rows 0 and 1.
    void rotateRowsTwice(Vector first, Vector second, Matrix z);

    double sigmoidCrossEntropy(Matrix z, Matrix t);

    double softmaxCrossEntropy(Matrix z, Matrix t);

    double squaredDistance(Matrix x, Matrix y);

    double dot(Matrix x, Matrix y);

    /// One step of conjugate gradients: x ← x + a p and r ← r + a q. Returns rᵀr of the new r.
    double conjugateStep(double a, Vector p, Vector q, Vector x, Vector r);

    /// Σ xᵢ² / dᵢ
    double squareOver(Matrix x, Matrix d);

    double sum(Matrix x);

    double norm(Matrix x);

    /// The largest absolute value, NaN if there is one, 0 without elements.
    double maxAbs(Matrix x);

    boolean isFinite(Matrix x);
}
