package io.quadric.linalg.solver;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.LowRank;
import io.quadric.linalg.operator.SelfAdjointOperator;
import java.util.Optional;

/// (D + c UᵀU)⁻¹ with a positive diagonal D and k rows of U, by the formula of Sherman, Morrison and Woodbury (Golub &
/// Van Loan, *Matrix Computations*, §2.1.4): D⁻¹ − c D⁻¹ Uᵀ (I + c U D⁻¹ Uᵀ)⁻¹ U D⁻¹. It costs a factorisation of order
/// k, and each product two passes over U.
public final class WoodburyInverse implements SelfAdjointOperator {
    private final Vector inverseDiagonal;
    private final Matrix scaled;
    private final Cholesky inner;
    private final double factor;

    private WoodburyInverse(Vector inverseDiagonal, Matrix scaled, Cholesky inner, double factor) {
        this.inverseDiagonal = inverseDiagonal;
        this.scaled = scaled;
        this.inner = inner;
        this.factor = factor;
    }

    /// {@return the inverse, or nothing if D or I + c U D⁻¹ Uᵀ is not numerically positive definite}; it copies what it
    /// needs.
    ///
    /// @param diagonal D, positive
    /// @param lowRank c UᵀU
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if orders or precisions differ
    public static Optional<WoodburyInverse> of(Vector diagonal, LowRank lowRank, Workspace ws) {
        Matrix u = lowRank.vectors();
        if (diagonal.size() != u.columns() || diagonal.precision() != u.precision()) {
            throw new IllegalArgumentException("a diagonal of " + diagonal.size() + " elements (" + diagonal.precision()
                    + ") does not fit " + u.shape() + " (" + u.precision() + ")");
        }
        Vector inverse = diagonal.copy();
        Elementwise.power(diagonal, 0, -1, inverse);
        if (!inverse.isFinite() || smallest(diagonal) <= 0) {
            return Optional.empty();
        }
        Matrix scaled = Matrix.zeros(u.precision(), u.rows(), u.columns());
        for (int i = 0; i < u.rows(); i++) {
            Hadamard.SET.multiply(u.row(i).asRow(), inverse.asRow(), scaled.row(i).asRow(), ws);
        }
        Matrix inner = Matrix.identity(u.precision(), u.rows());
        new Gemm(lowRank.factor(), 1).multiplySymmetric(scaled, u.t(), inner, ws);
        return Cholesky.factorInPlace(inner, ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky)
                ? Optional.of(new WoodburyInverse(inverse, scaled, cholesky, lowRank.factor()))
                : Optional.empty();
    }

    private static double smallest(Vector x) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.size(); i++) {
            smallest = Math.min(smallest, x.get(i));
        }
        return smallest;
    }

    @Override
    public int size() {
        return inverseDiagonal.size();
    }

    @Override
    public Precision precision() {
        return inverseDiagonal.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        try (var frame = ws.open()) {
            Vector t = frame.vector(precision(), scaled.rows());
            Gemm.SET.multiply(scaled, x, t, ws);
            inner.solve(t, ws);
            Hadamard.SET.multiply(inverseDiagonal.asRow(), x.asRow(), y.asRow(), ws);
            new Gemm(-factor, 1).multiply(scaled.t(), t, y, ws);
        }
    }

    /// {@return log det (D + c UᵀU) = log det D + log det (I + c U D⁻¹ Uᵀ)}
    public double logDeterminant() {
        double sum = inner.logDeterminant();
        for (int i = 0; i < size(); i++) {
            sum -= Math.log(inverseDiagonal.get(i));
        }
        return sum;
    }
}
