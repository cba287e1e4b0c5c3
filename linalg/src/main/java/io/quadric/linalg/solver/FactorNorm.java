package io.quadric.linalg.solver;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The norm by which damping is split between the factors of a Kronecker product (Martens & Grosse 2015, §6.3): each of
/// a positive semidefinite matrix M, divided by that of the identity of its order.
public enum FactorNorm {
    /// tr M / dim M
    TRACE {
        @Override
        double mean(Matrix m, Workspace ws) {
            return m.trace() / m.rows();
        }
    },
    /// ‖M‖ / √(dim M)
    FROBENIUS {
        @Override
        double mean(Matrix m, Workspace ws) {
            return m.norm() / Math.sqrt(m.rows());
        }
    },
    /// The largest eigenvalue, by power iteration from the column with the largest diagonal element, to about 1 %.
    LARGEST_EIGENVALUE {
        @Override
        double mean(Matrix m, Workspace ws) {
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
    };

    private static final int POWERS = 100;

    /// The norm of M divided by that of the identity.
    abstract double mean(Matrix m, Workspace ws);

    private static int largestDiagonal(Matrix m) {
        int largest = 0;
        for (int i = 1; i < m.rows(); i++) {
            largest = m.get(i, i) > m.get(largest, largest) ? i : largest;
        }
        return largest;
    }
}
