package io.quadric.linalg.internal.root;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.MatrixProduct;

/// The iteration of [io.quadric.linalg.InverseRoot]. All its matrices are polynomials of A, so their products are
/// symmetric, and only one triangle is computed.
public final class CoupledNewton {
    /// The iteration diverges if the error exceeds, by more than this factor, both the error before and what the bounds
    /// of the eigenvalues allow.
    private static final double LARGEST_GROWTH = 1.2;

    private final int root;
    private final int maxIterations;
    private final double tolerance;
    private int iterations;
    private double error = Double.POSITIVE_INFINITY;

    public CoupledNewton(int root, int maxIterations, double tolerance) {
        this.root = root;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    public int iterations() {
        return iterations;
    }

    public double error() {
        return error;
    }

    /// Returns whether it converged; otherwise `out` is unchanged.
    public boolean run(Matrix a, double shift, Matrix out, Workspace ws) {
        int n = a.rows();
        try (var frame = ws.open()) {
            Matrix m = shifted(a, shift, frame);
            double norm = n == 0 ? 1 : m.norm();
            if (norm == 0 || !Double.isFinite(norm)) {
                return false;
            }
            m.scale(1 / norm);
            Matrix h = frame.matrix(a.precision(), n, n).fill(0).addToDiagonal(Math.pow(norm, -1.0 / root));
            Iteration iteration = new Iteration(m, h, frame);
            boolean converged = iteration.run(new NewtonInterval(root, a.precision(), shift / norm));
            if (converged) {
                out.copyFrom(iteration.h);
            }
            return converged;
        }
    }

    /// A + λI with both triangles, from the lower triangle of A.
    static Matrix shifted(Matrix a, double shift, Workspace.Frame frame) {
        Matrix m = frame.matrix(a.precision(), a.rows(), a.rows()).copyFrom(a);
        MatrixProduct.mirror(m, frame.workspace());
        return m.addToDiagonal(shift);
    }

    private final class Iteration {
        private final Workspace ws;
        private Matrix m;
        private Matrix h;
        private Matrix t;
        private Matrix spare;

        Iteration(Matrix m, Matrix h, Workspace.Frame frame) {
            ws = frame.workspace();
            this.m = m;
            this.h = h;
            t = frame.matrix(m.precision(), m.rows(), m.rows());
            spare = frame.matrix(m.precision(), m.rows(), m.rows());
        }

        boolean run(NewtonInterval interval) {
            while (true) {
                double before = error;
                t.axpby(-1, m, 0).addToDiagonal(1);
                error = t.maxAbs();
                if (error <= tolerance) {
                    return true;
                }
                double largest = LARGEST_GROWTH * Math.max(before, interval.distance());
                if (iterations == maxIterations || !(error < largest)) {
                    return false;
                }
                double norm = t.norm();
                double next = (root + 1) / (2.0 * root) * norm * norm;
                boolean last = next <= tolerance;
                double stretch = last ? 1 : interval.stretch();
                t.axpby(-stretch / root, m, 0).addToDiagonal((root + 1.0) / root);
                multiplyRoot(Math.pow(stretch, 1.0 / root));
                iterations++;
                if (last) {
                    error = next;
                    return true;
                }
                m.scale(stretch);
                multiplyByPower();
            }
        }

        /// H ← scale H T, where the first H is a multiple of the identity.
        private void multiplyRoot(double scale) {
            if (iterations == 0 && !h.isEmpty()) {
                h.axpby(scale * h.get(0, 0), t, 0);
                return;
            }
            MatrixProduct.multiplySymmetric(scale, Operands.symmetric(h, t, spare), 0, ws);
            Matrix old = h;
            h = spare;
            spare = old;
        }

        /// M ← Tᵖ M, by repeated squaring of T, which is overwritten.
        private void multiplyByPower() {
            for (int rest = root; rest > 0; rest /= 2) {
                if (rest % 2 == 1) {
                    MatrixProduct.multiplySymmetric(1, Operands.symmetric(m, t, spare), 0, ws);
                    Matrix old = m;
                    m = spare;
                    spare = old;
                }
                if (rest > 1) {
                    MatrixProduct.multiplySymmetric(1, Operands.symmetric(t, t, spare), 0, ws);
                    Matrix old = t;
                    t = spare;
                    spare = old;
                }
            }
        }
    }
}
