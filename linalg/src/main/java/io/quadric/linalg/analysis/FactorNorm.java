package io.quadric.linalg.analysis;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;

/// A norm of a positive semidefinite matrix M divided by the norm of the identity of the same order. Damping is split
/// between the factors of a Kronecker product by the ratio of these quotients (Martens & Grosse 2015, §6.3).
public enum FactorNorm {
    /// tr M / dim M
    TRACE,
    /// ‖M‖ / √(dim M), with the Frobenius norm.
    FROBENIUS,
    /// The largest eigenvalue, by power iteration from the column with the largest diagonal element, to about 1 %.
    LARGEST_EIGENVALUE;

    private static final int POWERS = 100;

    /// {@return the norm of M divided by that of the identity}
    ///
    /// @param m n × n with n > 0, positive semidefinite, both triangles
    /// @param ws threads and scratch
    public double of(Matrix m, Workspace ws) {
        return switch (this) {
            case TRACE -> m.trace() / m.rows();
            case FROBENIUS -> m.norm() / Math.sqrt(m.rows());
            case LARGEST_EIGENVALUE -> largestEigenvalue(m, ws);
        };
    }

    private static double largestEigenvalue(Matrix m, Workspace ws) {
        try (var frame = ws.open()) {
            Vector x = frame.vector(m.precision(), m.rows()).copyFrom(m.row(largestDiagonal(m)));
            Vector y = frame.vector(m.precision(), m.rows());
            double before = 0;
            double value = x.norm();
            for (int i = 0; i < POWERS && Math.abs(value - before) > 1e-3 * value; i++) {
                before = value;
                x.scale(1 / x.norm());
                Gemm.SET.multiply(m, x, y, ws);
                value = y.norm();
                x.copyFrom(y);
            }
            return value;
        }
    }

    private static int largestDiagonal(Matrix m) {
        int largest = 0;
        for (int i = 1; i < m.rows(); i++) {
            largest = m.get(i, i) > m.get(largest, largest) ? i : largest;
        }
        return largest;
    }

    /// {@return π = √(‖R ⊗ I‖ / ‖I ⊗ L‖) in this norm, the split of the damping of L ⊗ R that
    /// [io.quadric.linalg.solver.KroneckerInverse] takes; 1 where a norm is zero or not finite}
    ///
    /// @param factors L and R
    /// @param ws threads and scratch
    public double balance(Kronecker factors, Workspace ws) {
        double ratio = of(factors.right(), ws) / of(factors.left(), ws);
        return ratio > 0 && Double.isFinite(ratio) ? Math.sqrt(ratio) : 1;
    }
}
