package io.quadric.nn.loss;

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
/// The loss is not convex: H may be indefinite, is used as it is, and has no real square root. Nothing
/// overflows or cancels in the value and in the gradient.
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
        for (int i = 0; i < z.rows(); i++) {
            double first = logistic(z.get(i, 0)) * logistic(z.get(i, 1));
            mean.set(i, 0, first + logistic(-z.get(i, 0)) * logistic(z.get(i, 2)));
        }
    }

    private static double logistic(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// log(1 + e^(−|x|)), so that log σ(x) is min(x, 0) minus this.
    private static double excess(double x) {
        return Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double logLogistic(double x) {
        return Math.min(x, 0) - excess(x);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        mean(z, t, ws);
        Sampling.bernoulli(t, random, t);
    }

    /// One case, in double.
    ///
    /// @param gate z₁
    /// @param sign s
    /// @param margin2 s z₂
    /// @param margin3 s z₃
    /// @param lead log σ(s z₂) − log σ(s z₃)
    /// @param odds z₁ + lead, the logarithm of r / (1 − r)
    private record Case(double gate, double sign, double margin2, double margin3, double lead, double odds) {
        static Case of(Matrix z, int i, double target) {
            double sign = 2 * target - 1;
            double gate = z.get(i, 0);
            double margin2 = sign * z.get(i, 1);
            double margin3 = sign * z.get(i, 2);
            double apart = margin2 - margin3;
            if (Math.abs(apart) < 1) {
                double lead = Math.log1p(logistic(-margin2) * Math.expm1(apart));
                return new Case(gate, sign, margin2, margin3, lead, gate + lead);
            }
            double far = Math.min(margin2, 0) - Math.min(margin3, 0);
            double near = excess(margin3) - excess(margin2);
            return new Case(gate, sign, margin2, margin3, far + near, sum(gate, far, near));
        }

        /// x + y + small, where x and y may be huge and cancel.
        private static double sum(double x, double y, double small) {
            double sum = x + y;
            double back = sum - x;
            double lost = (x - (sum - back)) + (y - back);
            return Double.isFinite(sum) ? sum + (lost + small) : sum;
        }

        /// −log p: from 1 − p, the probability of the other target, where p is more than a half.
        double value() {
            double other = logistic(gate) * logistic(-margin2) + logistic(-gate) * logistic(-margin3);
            if (other < 0.5) {
                return -Math.log1p(-other);
            }
            double likelier = odds > 0
                    ? logLogistic(gate) + logLogistic(margin2)
                    : logLogistic(-gate) + logLogistic(margin3);
            return -likelier - excess(odds);
        }

        /// σ(z₁) − r, as a product, in which nothing cancels.
        double gateGradient() {
            return lead > 0
                    ? logistic(-gate) * logistic(odds) * Math.expm1(-lead)
                    : -logistic(gate) * logistic(-odds) * Math.expm1(lead);
        }
    }

    /// The point, with everything precomputed that the products share.
    private static final class Point implements LossPoint {
        private final Vector values;
        private final Matrix gradient;
        private final Matrix diagonal;
        private final Matrix slope;
        private final Vector overlap;

        Point(Matrix z, Matrix t, Workspace.Frame frame) {
            values = frame.vector(Precision.FLOAT64, z.rows());
            gradient = frame.matrix(z.precision(), z.rows(), OUTPUTS);
            diagonal = frame.matrix(z.precision(), z.rows(), OUTPUTS);
            slope = frame.matrix(z.precision(), z.rows(), OUTPUTS);
            overlap = frame.vector(z.precision(), z.rows());
            for (int i = 0; i < z.rows(); i++) {
                set(i, Case.of(z, i, t.get(i, 0)));
            }
        }

        private void set(int i, Case at) {
            double share = logistic(at.odds);
            double rest = logistic(-at.odds);
            double miss2 = logistic(-at.margin2);
            double miss3 = logistic(-at.margin3);
            values.set(i, at.value());
            overlap.set(i, share * rest);
            set(gradient, i, at.gateGradient(), -share * at.sign * miss2, -rest * at.sign * miss3);
            set(slope, i, 1, at.sign * miss2, -at.sign * miss3);
            set(diagonal, i, logistic(at.gate) * logistic(-at.gate), share * miss2 * logistic(at.margin2),
                    rest * miss3 * logistic(at.margin3));
        }

        private static void set(Matrix m, int i, double... row) {
            for (int j = 0; j < OUTPUTS; j++) {
                m.set(i, j, row[j]);
            }
        }

        @Override
        public double value(Workspace ws) {
            return values.sum();
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
}
