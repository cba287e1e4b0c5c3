package io.quadric.optim.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// BFGS with H stored as a full matrix.
public final class DenseBfgs implements InverseHessian {
    private final Matrix inverse;

    /// @param inverse the first H, which is updated in place
    public DenseBfgs(Matrix inverse) {
        this.inverse = inverse;
    }

    /// H itself, which may be overwritten.
    public Matrix matrix() {
        return inverse;
    }

    @Override
    public void apply(Matrix x, Matrix y, Workspace ws) {
        Gemm.SET.multiply(inverse, x, y, ws);
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        Gemm.SET.multiply(inverse, v, product, ws);
    }

    /// With u = Hy the update is H ← H − ρ(suᵀ + usᵀ) + (ρ²yᵀu + ρ)ssᵀ, a product of n × 2 matrices.
    @Override
    public boolean update(Vector s, Vector y, Workspace ws) {
        double rho = 1 / s.dot(y);
        if (!(rho > 0) || Double.isInfinite(rho)) {
            return false;
        }
        int n = s.size();
        try (var frame = ws.open()) {
            Vector u = frame.vector(s.precision(), n);
            apply(y, u, ws);
            double coefficient = rho * rho * y.dot(u) + rho;
            if (!Double.isFinite(coefficient)) {
                return false;
            }
            Matrix left = frame.matrix(s.precision(), 2, n);
            Matrix right = frame.matrix(s.precision(), 2, n);
            left.row(0).copyFrom(s);
            left.row(1).copyFrom(u);
            right.row(0).axpby(coefficient, s, 0).axpy(-rho, u);
            right.row(1).axpby(-rho, s, 0);
            Gemm.ADD.multiply(left.t(), right, inverse, ws);
        }
        return true;
    }

    @Override
    public void serialize(String prefix, Archive archive) {
        archive.array(prefix, inverse);
    }
}
