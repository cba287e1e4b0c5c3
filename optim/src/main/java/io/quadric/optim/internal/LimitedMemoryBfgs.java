package io.quadric.optim.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// L-BFGS in the compact form of Byrd, Nocedal & Schnabel (1994, Theorem 2.2), applied to whole matrices by products.
/// With the pairs as the rows of S and Y (p × n), R the upper triangle of S Yᵀ, D its diagonal and the first matrix
/// γI:
///
/// H X = γX + Sᵀ R⁻ᵀ ((D + γYYᵀ) A − γYX) − γYᵀA, A = R⁻¹ S X
public final class LimitedMemoryBfgs implements InverseHessian {
    private final Matrix steps;
    private final Matrix changes;
    private final Matrix inverseTriangle;
    private final Matrix middle;
    private final double gamma;
    private int count;

    /// @param memory p, the largest number of pairs
    /// @param size n
    /// @param gamma the first matrix is γI
    public LimitedMemoryBfgs(Precision precision, int memory, int size, double gamma) {
        steps = Matrix.zeros(precision, memory, size);
        changes = Matrix.zeros(precision, memory, size);
        inverseTriangle = Matrix.zeros(precision, memory, memory);
        middle = Matrix.zeros(precision, memory, memory);
        this.gamma = gamma;
    }

    @Override
    public void apply(Matrix x, Matrix y, Workspace ws) {
        y.axpby(gamma, x, 0);
        if (count == 0) {
            return;
        }
        Matrix s = steps.rows(0, count);
        Matrix c = changes.rows(0, count);
        Matrix r = inverseTriangle.rows(0, count).columns(0, count);
        try (var frame = ws.open()) {
            Matrix sx = frame.matrix(x.precision(), count, x.columns());
            Matrix a = frame.matrix(x.precision(), count, x.columns());
            Gemm.SET.multiply(s, x, sx, ws);
            Gemm.SET.multiply(r, sx, a, ws);
            Matrix b = sx;
            Gemm.SET.multiply(middle.rows(0, count).columns(0, count), a, b, ws);
            new Gemm(-gamma, 1).multiply(c, x, b, ws);
            new Gemm(-gamma, 1).multiply(c.t(), a, y, ws);
            Gemm.SET.multiply(r.t(), b, a, ws);
            Gemm.ADD.multiply(s.t(), a, y, ws);
        }
    }

    @Override
    public boolean update(Vector s, Vector y, Workspace ws) {
        double product = s.dot(y);
        if (!(product > 0) || !Double.isFinite(product) || !Double.isFinite(1 / product)) {
            return false;
        }
        if (count == steps.rows()) {
            dropOldest();
        }
        steps.row(count).copyFrom(s);
        changes.row(count).copyFrom(y);
        append(product, y, ws);
        count++;
        return true;
    }

    /// The inverse of the lower right part of a triangle is that part of its inverse.
    private void dropOldest() {
        count--;
        for (int i = 0; i < count; i++) {
            steps.row(i).copyFrom(steps.row(i + 1));
            changes.row(i).copyFrom(changes.row(i + 1));
            middle.row(i).slice(0, count).copyFrom(middle.row(i + 1).slice(1, count + 1));
            inverseTriangle.row(i).slice(0, count).copyFrom(inverseTriangle.row(i + 1).slice(1, count + 1));
        }
    }

    /// Borders R⁻¹ by −R⁻¹r/ρ and 1/ρ, where r = S y and ρ = sᵀy border R, and D + γYYᵀ by γYy and ρ + γyᵀy: O(pn +
    /// p²).
    private void append(double product, Vector y, Workspace ws) {
        int n = count;
        middle.set(n, n, product + gamma * y.dot(y));
        inverseTriangle.row(n).fill(0);
        inverseTriangle.set(n, n, 1 / product);
        if (n == 0) {
            return;
        }
        try (var frame = ws.open()) {
            Vector r = frame.vector(y.precision(), n);
            Vector border = frame.vector(y.precision(), n);
            Gemm.SET.multiply(steps.rows(0, n), y, r, ws);
            new Gemm(-1 / product, 0).multiply(inverseTriangle.rows(0, n).columns(0, n), r, border, ws);
            inverseTriangle.rows(0, n).columns(n, n + 1).copyFrom(border.asMatrix(n, 1));
            new Gemm(gamma, 0).multiply(changes.rows(0, n), y, border, ws);
            middle.rows(0, n).columns(n, n + 1).copyFrom(border.asMatrix(n, 1));
            middle.row(n).slice(0, n).copyFrom(border);
        }
    }

    @Override
    public void serialize(String prefix, Archive archive) {
        count = (int) archive.count(prefix + ".count", count);
        archive.array(prefix + ".steps", steps);
        archive.array(prefix + ".changes", changes);
        archive.array(prefix + ".inverseTriangle", inverseTriangle);
        archive.array(prefix + ".middle", middle);
    }
}
