package io.quadric.linalg.solver;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.Sharing;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// (L ⊗ R + k I)⁻¹ exactly, from the eigendecompositions L = U Λ Uᵀ and R = V M Vᵀ of two positive semidefinite
/// matrices: X ↦ U ((Uᵀ X V) / (λᵢ μⱼ + k)) Vᵀ, element by element in the middle.
///
/// The damping is an argument of each solve. [KroneckerInverse] is the cheaper approximation that splits it between the
/// factors. [#multiply] takes any other diagonal in place of 1 / (λᵢ μⱼ + k). Until the first [#prepare], both matrices
/// are taken to be I.
public final class KroneckerEigen {
    private final Vector leftValues;
    private final Vector rightValues;
    private final Matrix leftVectors;
    private final Matrix rightVectors;

    /// Allocates memory for the decompositions.
    ///
    /// @param precision the element type
    /// @param rows the order of L
    /// @param columns the order of R
    public KroneckerEigen(Precision precision, int rows, int columns) {
        leftValues = Vector.zeros(precision, rows).fill(1);
        rightValues = Vector.zeros(precision, columns).fill(1);
        leftVectors = Matrix.identity(precision, rows);
        rightVectors = Matrix.identity(precision, columns);
    }

    /// Decomposes the factors; eigenvalues that are negative, through rounding, become zero. If one cannot be
    /// decomposed, the previous decompositions are kept.
    ///
    /// @param factors L and R, not changed
    /// @param ws threads and scratch
    /// @return whether both could be decomposed
    public boolean prepare(Kronecker factors, Workspace ws) {
        try (var frame = ws.open()) {
            Precision precision = leftVectors.precision();
            Vector values = frame.vector(precision, leftValues.size());
            Matrix vectors = frame.matrix(precision, leftValues.size(), leftValues.size());
            boolean done = decompose(factors.left(), values, vectors, ws)
                    && decompose(factors.right(), rightValues, rightVectors, ws);
            if (done) {
                leftValues.copyFrom(values);
                leftVectors.copyFrom(vectors);
            }
            return done;
        }
    }

    private static boolean decompose(Matrix factor, Vector values, Matrix vectors, Workspace ws) {
        if (SymmetricEigen.decompose(factor, values, vectors, ws) instanceof SymmetricEigen.Outcome.Failed) {
            return false;
        }
        for (int i = 0; i < values.size() && values.get(i) < 0; i++) {
            values.set(i, 0);
        }
        return true;
    }

    /// Y ← (L ⊗ R + k I)⁻¹ X, with matrices as row-major vectors.
    ///
    /// @param x rows × columns
    /// @param damping k, positive unless L and R are positive definite
    /// @param y rows × columns, overwritten; it may share elements with x, but not with the decompositions
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees, or Y shares elements
    public void solve(Matrix x, double damping, Matrix y, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix diagonal = frame.matrix(y.precision(), leftValues.size(), rightValues.size());
            new Gemm(1, 1).outer(leftValues, rightValues, diagonal.fill(damping), ws);
            Elementwise.power(diagonal.flat(), 0, -1, diagonal.flat());
            multiply(x, diagonal, y, ws);
        }
    }

    /// Y ← U ((Uᵀ X V) ∘ D) Vᵀ: the product with the matrix that is diagonal in the eigenbases.
    ///
    /// @param x rows × columns
    /// @param diagonal D, rows × columns
    /// @param y rows × columns, overwritten; it may share elements with x, but not with D or the decompositions
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees, or Y shares elements
    public void multiply(Matrix x, Matrix diagonal, Matrix y, Workspace ws) {
        Sharing.requireDisjoint("multiply", diagonal, y);
        Sharing.requireDisjoint("multiply", leftVectors, y);
        try (var frame = ws.open()) {
            Matrix middle = frame.matrix(y.precision(), leftValues.size(), rightValues.size());
            Gemm.SET.multiply(leftVectors.t(), x, middle, ws);
            Gemm.SET.multiply(middle, rightVectors, y, ws);
            Hadamard.SET.multiply(y, diagonal, y, ws);
            Gemm.SET.multiply(leftVectors, y, middle, ws);
            Gemm.SET.multiply(middle, rightVectors.t(), y, ws);
        }
    }

    /// {@return λ, the eigenvalues of L; only checkpoints may write to it}
    public Vector leftValues() {
        return leftValues;
    }

    /// {@return μ, the eigenvalues of R; only checkpoints may write to it}
    public Vector rightValues() {
        return rightValues;
    }

    /// {@return U, whose columns are the eigenvectors of L; only checkpoints may write to it}
    public Matrix leftVectors() {
        return leftVectors;
    }

    /// {@return V, whose columns are the eigenvectors of R; only checkpoints may write to it}
    public Matrix rightVectors() {
        return rightVectors;
    }

    /// {@return log det (L ⊗ R + k I)}
    ///
    /// @param damping k
    public double logDeterminant(double damping) {
        double sum = 0;
        for (int i = 0; i < leftValues.size(); i++) {
            for (int j = 0; j < rightValues.size(); j++) {
                sum += Math.log(leftValues.get(i) * rightValues.get(j) + damping);
            }
        }
        return sum;
    }

    /// {@return (L ⊗ R + k I)⁻¹ as an operator on row-major vectors, for the factors that were last decomposed}
    ///
    /// @param damping k
    public SelfAdjointOperator inverse(double damping) {
        return new Inverse(this, damping);
    }

    private record Inverse(KroneckerEigen eigen, double damping) implements SelfAdjointOperator {
        @Override
        public int size() {
            return eigen.leftValues.size() * eigen.rightValues.size();
        }

        @Override
        public Precision precision() {
            return eigen.leftValues.precision();
        }

        @Override
        public void apply(Vector x, Vector y, Workspace ws) {
            check(x, y);
            int rows = eigen.leftValues.size();
            int columns = eigen.rightValues.size();
            eigen.solve(x.asMatrix(rows, columns), damping, y.asMatrix(rows, columns), ws);
        }
    }
}
