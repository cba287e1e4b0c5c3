package io.quadric.optim.tensor;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.InverseRoot;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Tensor;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// The averaged contraction Ĝ⁽ⁱ⁾ of one axis, and the matrix made from it, by which the gradient is multiplied.
final class TensorFactor {
    private final int mode;
    private final int size;
    private final Matrix statistic;
    private final Matrix factor;

    /// @param mode i, from 0
    /// @param size dᵢ
    TensorFactor(int mode, int size, Precision precision) {
        this.mode = mode;
        this.size = size;
        statistic = Matrix.zeros(precision, size, size);
        factor = Matrix.identity(precision, size);
    }

    /// Ĝ⁽ⁱ⁾
    Matrix statistic() {
        return statistic;
    }

    /// The matrix by which the gradient is multiplied.
    Matrix factor() {
        return factor;
    }

    /// Ĝ⁽ⁱ⁾ ← weight · matᵢ(g) matᵢ(g)ᵀ + decay · Ĝ⁽ⁱ⁾
    void observe(double weight, Tensor g, double decay, Workspace ws) {
        g.contract(mode, new Gemm(weight, decay), statistic, ws);
    }

    /// y ← x ×ᵢ factor
    void apply(Tensor x, Tensor y, Workspace ws) {
        x.multiply(mode, factor, y, ws);
    }

    /// factor ← (scale · Ĝ⁽ⁱ⁾ + damping · I)⁻¹
    ///
    /// @return whether it exists; otherwise the factor is unchanged
    boolean invert(double scale, double damping, Workspace ws) {
        return Cholesky.invertDamped(statistic, scale, damping, factor, ws);
    }

    /// factor ← (Ĝ⁽ⁱ⁾ + damping · I)^(−1/root)
    ///
    /// @return whether it exists; otherwise the factor is unchanged
    boolean invertRoot(int root, double damping, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix power = frame.matrix(factor.precision(), size, size);
            return InverseRoot.of(root).compute(statistic, damping, power, ws).succeeded() && take(power);
        }
    }

    private boolean take(Matrix computed) {
        if (!computed.isFinite()) {
            return false;
        }
        factor.copyFrom(computed);
        return true;
    }

    void serialize(String prefix, Archive archive) {
        archive.array(prefix + ".statistic", statistic);
        archive.array(prefix + ".factor", factor);
    }
}
