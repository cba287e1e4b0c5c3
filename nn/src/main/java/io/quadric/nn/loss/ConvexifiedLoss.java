package io.quadric.nn.loss;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.random.RandomGenerator;

/// A loss that is not convex, with a positive semidefinite curvature in place of its Hessian H in the Gauss-Newton
/// matrix (Martens & Sutskever 2012, §6.3). Value, gradient and Hessian do not change.
///
/// If H of a row has the eigendecomposition V Λ Vᵀ, the curvature is V Λ̃ Vᵀ. It costs an eigendecomposition of order k
/// for each row, where k is the number of outputs, once for every linearization.
///
/// @param inner the loss
/// @param remedy how Λ becomes Λ̃
public record ConvexifiedLoss(Loss inner, Remedy remedy) implements Loss {
    /// How negative eigenvalues are dealt with.
    public enum Remedy {
        /// They become 0: the nearest positive semidefinite matrix.
        PROJECTION {
            @Override
            double mend(double eigenvalue, double smallest) {
                return Math.max(0, eigenvalue);
            }
        },
        /// All eigenvalues of a row are raised by the amount that makes the smallest one 0: a multiple of I is added
        /// to H.
        SHIFT {
            @Override
            double mend(double eigenvalue, double smallest) {
                return Math.max(0, eigenvalue - Math.min(0, smallest));
            }
        };

        abstract double mend(double eigenvalue, double smallest);
    }

    @Override
    public Shape targets(Shape outputs) {
        return inner.targets(outputs);
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        return new Point(inner.at(z, t, frame), roots(z, frame));
    }

    /// The columns of the root, one below the other: k · rows × k.
    private static Matrix roots(Matrix z, Workspace.Frame frame) {
        return frame.matrix(z.precision(), z.columns() * z.rows(), z.columns());
    }

    @Override
    public void mean(Matrix z, Matrix mean, Workspace ws) {
        inner.mean(z, mean, ws);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        inner.sample(z, random, t, ws);
    }

    private final class Point implements LossPoint {
        private final LossPoint point;
        private final Matrix roots;
        private final int outputs;
        private final int rows;
        private boolean known;

        Point(LossPoint point, Matrix roots) {
            this.point = point;
            this.roots = roots;
            outputs = roots.columns();
            rows = roots.rows() / outputs;
        }

        @Override
        public double value(Workspace ws) {
            return point.value(ws);
        }

        @Override
        public void values(Vector out, Workspace ws) {
            point.values(out, ws);
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            point.gradient(dz, ws);
        }

        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            point.hessianProduct(u, hu, ws);
        }

        /// Σ s (sᵀu) over the columns s of the root.
        @Override
        public void curvatureProduct(Matrix u, Matrix hu, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix term = frame.matrix(u.precision(), rows, outputs);
                Vector along = frame.vector(u.precision(), rows);
                hu.fill(0);
                for (int c = 0; c < outputs; c++) {
                    Matrix s = column(c, ws);
                    Hadamard.SET.multiply(s, u, term, ws);
                    Elementwise.rowSums(term, along);
                    Elementwise.scaleRows(along, s, term, ws);
                    Elementwise.axpby(1, term, 1, hu, ws);
                }
            }
        }

        @Override
        public int rootColumns() {
            return outputs;
        }

        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            s.copyFrom(column(column, ws));
        }

        private Matrix column(int c, Workspace ws) {
            decompose(ws);
            return roots.rows(c * rows, (c + 1) * rows);
        }

        /// Once, and only if the curvature is asked for: linearizations that only try a loss never do.
        private synchronized void decompose(Workspace ws) {
            if (known) {
                return;
            }
            try (var frame = ws.open()) {
                Precision precision = roots.precision();
                Matrix hessians = frame.matrix(precision, roots.rows(), outputs);
                Matrix unit = frame.matrix(precision, rows, outputs);
                for (int c = 0; c < outputs; c++) {
                    unit.fill(0).columns(c, c + 1).fill(1);
                    point.hessianProduct(unit, hessians.rows(c * rows, (c + 1) * rows), ws);
                }
                Matrix one = frame.matrix(precision, outputs, outputs);
                Vector values = frame.vector(precision, outputs);
                for (int i = 0; i < rows; i++) {
                    for (int c = 0; c < outputs; c++) {
                        one.row(c).copyFrom(hessians.row(c * rows + i));
                    }
                    root(i, one, values, ws);
                }
            }
            known = true;
        }

        /// NaN where H is not finite, as the loss is then.
        private void root(int i, Matrix h, Vector values, Workspace ws) {
            boolean finite = SymmetricEigen.decompose(h, values, h, ws) instanceof SymmetricEigen.Outcome.Decomposed;
            double smallest = values.get(0);
            for (int c = 0; c < outputs; c++) {
                double value = finite ? remedy.mend(values.get(c), smallest) : Double.NaN;
                Vector row = roots.row(c * rows + i);
                row.asMatrix(outputs, 1).copyFrom(h.columns(c, c + 1));
                row.scale(Math.sqrt(value));
            }
        }
    }
}
