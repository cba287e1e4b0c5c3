package io.quadric.nn.loss;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.random.RandomGenerator;

/// L = Σⱼ softplus(zⱼ) − tⱼ zⱼ, the negative log-likelihood of independent bits with probabilities p = logistic(z), for
/// targets in [0, 1]. ∂L/∂z = p − t, H = diag(p (1 − p)).
public record SigmoidCrossEntropy() implements Loss {
    @Override
    public Shape targets(Shape outputs) {
        return outputs;
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        Matrix p = frame.matrix(z.precision(), z.rows(), z.columns());
        Elementwise.apply(ElementaryFunction.LOGISTIC, z, p, frame.workspace());
        return new Point(z, t, p);
    }

    @Override
    public void mean(Matrix z, Matrix mean, Workspace ws) {
        Elementwise.apply(ElementaryFunction.LOGISTIC, z, mean, ws);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        mean(z, t, ws);
        Sampling.bernoulli(t, random, t);
    }

    private record Point(Matrix z, Matrix t, Matrix p) implements LossPoint {
        @Override
        public double value(Workspace ws) {
            return Elementwise.sigmoidCrossEntropy(z, t, ws);
        }

        @Override
        public void values(Vector out, Workspace ws) {
            for (int i = 0; i < z.rows(); i++) {
                out.set(i, Elementwise.sigmoidCrossEntropy(z.rows(i, i + 1), t.rows(i, i + 1), ws));
            }
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            Elementwise.sigmoidGradient(z, t, dz, ws);
        }

        /// p (1 − p) is the second derivative of softplus.
        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix ones = frame.vector(z.precision(), z.columns()).fill(1).repeated(z.rows());
                FunctionPoint softplus = new FunctionPoint(ElementaryFunction.SOFTPLUS, z);
                Elementwise.addSecond(softplus, u, ones, hu.fill(0), ws);
            }
        }

        @Override
        public boolean isDiagonal() {
            return true;
        }

        @Override
        public int rootColumns() {
            return z.columns();
        }

        /// S = diag(√(p (1 − p))), where 1 − p is the logistic function of −z.
        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            s.fill(0);
            try (var frame = ws.open()) {
                Matrix root = frame.matrix(z.precision(), z.rows(), 1);
                root.axpby(-1, z.columns(column, column + 1), 0);
                Elementwise.apply(ElementaryFunction.LOGISTIC, root, root, ws);
                Hadamard.SET.multiply(p.columns(column, column + 1), root, root, ws);
                Elementwise.power(root.flat(), 0, 0.5, root.flat());
                s.columns(column, column + 1).copyFrom(root);
            }
        }
    }
}
