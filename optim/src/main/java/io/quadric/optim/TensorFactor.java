package io.quadric.optim;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The averaged contraction Ĝ⁽ⁱ⁾ of one axis and the matrix made from it that the gradient is multiplied by.
final class TensorFactor {
    private final TensorAxis axis;
    private final Matrix statistic;
    private final Matrix factor;

    TensorFactor(TensorAxis axis, Precision precision) {
        this.axis = axis;
        statistic = Matrix.zeros(precision, axis.size(), axis.size());
        factor = Matrix.identity(precision, axis.size());
    }

    /// Ĝ⁽ⁱ⁾
    Matrix statistic() {
        return statistic;
    }

    /// Ĝ⁽ⁱ⁾ ← weight · matᵢ(g) matᵢ(g)ᵀ + decay · Ĝ⁽ⁱ⁾
    void observe(double weight, Vector g, double decay, Workspace ws) {
        axis.contract(weight, g, decay, statistic, ws);
    }

    /// y ← x ×ᵢ factor
    void apply(Vector x, Vector y, Workspace ws) {
        axis.multiply(factor, x, y, ws);
    }

    /// factor ← (scale · Ĝ⁽ⁱ⁾ + damping · I)⁻¹
    ///
    /// @return whether it exists; otherwise the factor is what it was
    boolean invert(double scale, double damping, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix damped = shifted(scale, damping, frame);
            Matrix inverse = frame.matrix(factor.precision(), axis.size(), axis.size());
            if (Cholesky.factorInPlace(damped, ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky)) {
                cholesky.inverse(inverse, ws);
                return take(inverse);
            }
            return false;
        }
    }

    /// factor ← (Ĝ⁽ⁱ⁾ + damping · I)^(−1/root), eigenvalues of Ĝ⁽ⁱ⁾ below 0, which rounding makes, taken for 0
    ///
    /// @return whether it exists; otherwise the factor is what it was
    boolean invertRoot(int root, double damping, Workspace ws) {
        try (var frame = ws.open()) {
            Vector values = frame.vector(factor.precision(), axis.size());
            Matrix vectors = frame.matrix(factor.precision(), axis.size(), axis.size());
            Matrix power = frame.matrix(factor.precision(), axis.size(), axis.size());
            if (SymmetricEigen.decompose(statistic, values, vectors,
                    ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)) {
                eigen.function(value -> Math.pow(Math.max(value, 0) + damping, -1.0 / root), power, ws);
                return take(power);
            }
            return false;
        }
    }

    private Matrix shifted(double scale, double damping, Workspace.Frame frame) {
        Matrix shifted = frame.matrix(factor.precision(), axis.size(), axis.size());
        return shifted.axpby(scale, statistic, 0).addToDiagonal(damping);
    }

    private boolean take(Matrix computed) {
        if (!computed.isFinite()) {
            return false;
        }
        factor.copyFrom(computed);
        return true;
    }

    void save(String prefix, State state) {
        state.put(prefix + ".statistic", statistic);
        state.put(prefix + ".factor", factor);
    }

    void restore(String prefix, State state) {
        state.get(prefix + ".statistic", statistic);
        state.get(prefix + ".factor", factor);
    }
}
