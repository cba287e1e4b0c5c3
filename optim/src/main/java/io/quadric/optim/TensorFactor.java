package io.quadric.optim;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.InverseRoot;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
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

    /// What the gradient is multiplied by.
    Matrix factor() {
        return factor;
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

    /// factor ← (Ĝ⁽ⁱ⁾ + damping · I)^(−1/root)
    ///
    /// @return whether it exists; otherwise the factor is what it was
    boolean invertRoot(int root, double damping, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix power = frame.matrix(factor.precision(), axis.size(), axis.size());
            return InverseRoot.of(root).compute(statistic, damping, power, ws).succeeded() && take(power);
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
