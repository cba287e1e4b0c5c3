package io.quadric.linalg.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// The iteration of [io.quadric.linalg.InverseRoot]. All its matrices are polynomials of A, so their products are
/// symmetric, and one triangle of them is computed.
public final class CoupledNewton {
    /// The error may grow by this factor in an iteration before it decreases; beyond it the iteration diverges.
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

    /// Returns whether it converged; otherwise `out` is as before.
    public boolean run(Matrix a, double shift, Matrix out, Workspace ws) {
        int n = a.rows();
        try (var frame = ws.open()) {
            Matrix m = frame.matrix(a.precision(), n, n).copyFrom(a);
            KernelProvider.mirror(m, ws);
            m.addToDiagonal(shift);
            double norm = m.norm();
            if (norm == 0 && n > 0 || !Double.isFinite(norm)) {
                return false;
            }
            double z = n == 0 ? 1 : (root + 1) / (2 * norm);
            m.scale(z);
            Matrix h = frame.matrix(a.precision(), n, n).fill(0).addToDiagonal(Math.pow(z, 1.0 / root));
            boolean converged = new Iteration(m, h, frame).run();
            if (converged) {
                out.copyFrom(h);
            }
            return converged;
        }
    }

    private final class Iteration {
        private final Workspace ws;
        private final Matrix m;
        private final Matrix h;
        private final Matrix t;
        private final Matrix spare;

        Iteration(Matrix m, Matrix h, Workspace.Frame frame) {
            ws = frame.workspace();
            this.m = m;
            this.h = h;
            t = frame.matrix(m.precision(), m.rows(), m.rows());
            spare = frame.matrix(m.precision(), m.rows(), m.rows());
        }

        boolean run() {
            while (true) {
                t.axpby(-1.0 / root, m, 0).addToDiagonal(1.0 / root); // (I − M) / p
                double before = error;
                error = root * t.maxAbs();
                if (error <= tolerance) {
                    return true;
                }
                if (iterations == maxIterations || !(error < LARGEST_GROWTH * before)) {
                    return false;
                }
                t.addToDiagonal(1);
                replaceByProduct(h, t);
                multiplyByPower();
                iterations++;
            }
        }

        /// M ← Tᵖ M by repeated squaring of T, which is lost.
        private void multiplyByPower() {
            for (int rest = root; rest > 0; rest /= 2) {
                if (rest % 2 == 1) {
                    replaceByProduct(m, t);
                }
                if (rest > 1) {
                    replaceByProduct(t, t);
                }
            }
        }

        /// X ← X Y for X and Y that commute.
        private void replaceByProduct(Matrix x, Matrix y) {
            Gemm.SET.multiplySymmetric(x, y, spare, ws);
            x.copyFrom(spare);
        }
    }
}
