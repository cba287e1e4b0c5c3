package io.quadric.nn.loss;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.random.RandomGenerator;

/// L = −log p(t | z) of a mixture of two binary classifiers with three outputs and a target t of 0 or 1 (Botev et al.
/// 2017, eqn 27), σ the logistic function and s = 2t − 1:
///
/// p(t | z) = σ(z₁) σ(s z₂) + σ(−z₁) σ(s z₃)
///
/// With r the first classifier's share of p, e₂ = σ(−s z₂), e₃ = σ(−s z₃) and w_k = σ(z_k) σ(−z_k):
/// - ∂L/∂z = (σ(z₁) − r, −r s e₂, −(1−r) s e₃);
/// - H = diag(w₁, r w₂, (1−r) w₃) − r (1−r) d dᵀ with d = (1, s e₂, −s e₃).
///
/// The loss is not convex: H may be indefinite, is used as it is, and has no real square root. All logarithms are
/// sums of softplus, so nothing overflows; the value is exact to rounding relative to log 2.
public record BinaryMixture() implements Loss {
    private static final int OUTPUTS = 3;

    @Override
    public Shape targets(Shape outputs) {
        return switch (outputs) {
            case Shape.Features(int size) when size == OUTPUTS -> new Shape.Features(1);
            case Shape.Sequence(int length, int features) when features == OUTPUTS -> new Shape.Sequence(length, 1);
            default -> throw new IllegalArgumentException("a binary mixture judges 3 outputs, got " + outputs);
        };
    }

    @Override
    public boolean isConvex() {
        return false;
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        return new Point(z, t, frame);
    }

    @Override
    public void mean(Matrix z, Matrix mean, Workspace ws) {
        try (var frame = ws.open()) {
            Columns at = new Columns(frame, z.precision(), z.rows());
            Vector gate = at.column(z, 0);
            Vector first = at.product(at.logistic(gate), at.logistic(at.column(z, 1)));
            Vector second = at.product(at.logistic(at.scaled(-1, gate)), at.logistic(at.column(z, 2)));
            mean.copyFrom(at.sum(first, second).asMatrix(z.rows(), 1));
        }
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        mean(z, t, ws);
        Sampling.bernoulli(t, random, t);
    }

    /// The point, with everything precomputed that the products share.
    private static final class Point implements LossPoint {
        private final double value;
        private final Vector values;
        private final Matrix gradient;
        private final Matrix diagonal;
        private final Matrix slope;
        private final Vector overlap;

        Point(Matrix z, Matrix t, Workspace.Frame frame) {
            int rows = z.rows();
            Columns at = new Columns(frame, z.precision(), rows);
            Vector gate = at.column(z, 0);
            Vector sign = at.filled(-1).axpy(2, at.column(t, 0));
            Vector margin2 = at.product(sign, at.column(z, 1));
            Vector margin3 = at.product(sign, at.column(z, 2));
            Vector gateOn = at.logistic(gate);
            Vector gateOff = at.logistic(at.scaled(-1, gate));
            Vector miss2 = at.logistic(at.scaled(-1, margin2));
            Vector miss3 = at.logistic(at.scaled(-1, margin3));
            Vector logFirst = at.logLogistic(gate).axpy(1, at.logLogistic(margin2));
            Vector logSecond = at.logLogistic(at.scaled(-1, gate)).axpy(1, at.logLogistic(margin3));
            Vector odds = at.sum(logFirst, at.scaled(-1, logSecond));
            Vector share = at.logistic(odds);
            Vector rest = at.logistic(at.scaled(-1, odds));

            Vector first = logFirst.axpy(-1, at.logLogistic(odds));
            Vector second = logSecond.axpy(-1, at.logLogistic(at.scaled(-1, odds)));
            value = -share.dot(first) - rest.dot(second);
            values = at.sum(at.product(share, first), at.product(rest, second)).scale(-1);
            Vector signed2 = at.product(sign, miss2);
            Vector signed3 = at.product(sign, miss3);
            gradient = at.matrix(
                    at.product(rest, gateOn).axpy(-1, at.product(share, gateOff)),
                    at.scaled(-1, at.product(share, signed2)),
                    at.scaled(-1, at.product(rest, signed3)));
            diagonal = at.matrix(
                    at.product(gateOn, gateOff),
                    at.product(share, at.product(miss2, at.logistic(margin2))),
                    at.product(rest, at.product(miss3, at.logistic(margin3))));
            slope = at.matrix(at.filled(1), signed2, at.scaled(-1, signed3));
            overlap = at.product(share, rest);
        }

        @Override
        public double value(Workspace ws) {
            return value;
        }

        @Override
        public void values(Vector out, Workspace ws) {
            out.copyFrom(values);
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            dz.copyFrom(gradient);
        }

        /// H u = diagonal ∘ u − overlap (dᵀu) d
        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            try (var frame = ws.open()) {
                Vector along = frame.vector(u.precision(), u.rows());
                Hadamard.SET.multiply(slope, u, hu, ws);
                Elementwise.rowSums(hu, along);
                Hadamard.SET.multiply(along.asRow(), overlap.asRow(), along.asRow(), ws);
                Elementwise.scaleRows(along, slope, hu, ws);
                new Hadamard(1, -1).multiply(diagonal, u, hu, ws);
            }
        }

        /// H is indefinite, so no S has S Sᵀ = H; [ConvexifiedLoss] makes a loss that has one.
        @Override
        public int rootColumns() {
            throw new UnsupportedOperationException(
                    "the binary mixture is not convex, its Hessian has no real root: use sampled or true targets");
        }

        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            rootColumns();
        }
    }

    /// Elementwise arithmetic on vectors of one element per row, each result in scratch of its own.
    private record Columns(Workspace.Frame frame, Precision precision, int rows) {
        Vector fresh() {
            return frame.vector(precision, rows);
        }

        Vector filled(double value) {
            return fresh().fill(value);
        }

        Vector column(Matrix x, int j) {
            Vector copy = fresh();
            copy.asMatrix(rows, 1).copyFrom(x.columns(j, j + 1));
            return copy;
        }

        Vector scaled(double a, Vector x) {
            return fresh().axpby(a, x, 0);
        }

        Vector sum(Vector x, Vector y) {
            return scaled(1, x).axpy(1, y);
        }

        Vector product(Vector x, Vector y) {
            Vector z = fresh();
            Hadamard.SET.multiply(x.asRow(), y.asRow(), z.asRow(), frame.workspace());
            return z;
        }

        Vector logistic(Vector x) {
            return apply(ElementaryFunction.LOGISTIC, x);
        }

        /// log σ(x) = −softplus(−x)
        Vector logLogistic(Vector x) {
            return apply(ElementaryFunction.SOFTPLUS, scaled(-1, x)).scale(-1);
        }

        private Vector apply(ElementaryFunction f, Vector x) {
            Vector y = fresh();
            Elementwise.apply(f, x.asRow(), y.asRow(), frame.workspace());
            return y;
        }

        Matrix matrix(Vector first, Vector second, Vector third) {
            Matrix joined = frame.matrix(precision, rows, OUTPUTS);
            joined.columns(0, 1).copyFrom(first.asMatrix(rows, 1));
            joined.columns(1, 2).copyFrom(second.asMatrix(rows, 1));
            joined.columns(2, 3).copyFrom(third.asMatrix(rows, 1));
            return joined;
        }
    }
}
