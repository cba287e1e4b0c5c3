package io.quadric.optim.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Triangular;
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
            for (int i = 1; i < count; i++) {
                steps.row(i - 1).copyFrom(steps.row(i));
                changes.row(i - 1).copyFrom(changes.row(i));
            }
            count--;
        }
        steps.row(count).copyFrom(s);
        changes.row(count).copyFrom(y);
        count++;
        refresh(ws);
        return true;
    }

    /// Recomputes R⁻¹ and D + γYYᵀ for the current pairs.
    private void refresh(Workspace ws) {
        Matrix s = steps.rows(0, count);
        Matrix c = changes.rows(0, count);
        try (var frame = ws.open()) {
            Matrix triangle = frame.matrix(s.precision(), count, count);
            Gemm.SET.multiply(s, c.t(), triangle, ws);
            Matrix square = middle.rows(0, count).columns(0, count);
            new Gemm(gamma, 0).syrk(c, square, ws);
            for (int i = 0; i < count; i++) {
                square.set(i, i, square.get(i, i) + triangle.get(i, i));
            }
            Matrix inverse = inverseTriangle.rows(0, count).columns(0, count).fill(0).addToDiagonal(1);
            new Triangular(triangle, Triangular.Part.UPPER).solve(inverse, ws);
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
