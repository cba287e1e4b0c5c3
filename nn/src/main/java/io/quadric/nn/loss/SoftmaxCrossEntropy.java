package io.quadric.nn.loss;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.random.RandomGenerator;

/// L = −Σⱼ tⱼ log pⱼ with p = softmax(z); a target row holds the probabilities of the classes, usually one 1.
///
/// With c = Σⱼ tⱼ (1 for a distribution): ∂L/∂z = c p − t, H = c (diag(p) − ppᵀ).
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public Shape targets(Shape outputs) {
        return outputs;
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        Matrix p = frame.matrix(z.precision(), z.rows(), z.columns());
        Elementwise.softmaxRows(z, p, frame.workspace());
        Vector mass = frame.vector(z.precision(), z.rows());
        Elementwise.rowSums(t, mass);
        return new Point(z, t, p, mass);
    }

    @Override
    public void mean(Matrix z, Matrix mean, Workspace ws) {
        Elementwise.softmaxRows(z, mean, ws);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix p = frame.matrix(z.precision(), z.rows(), z.columns());
            Elementwise.softmaxRows(z, p, ws);
            Sampling.categorical(p, random, t);
        }
    }

    /// The point: logits, targets, probabilities and the mass c of each target row.
    private record Point(Matrix z, Matrix t, Matrix p, Vector mass) implements LossPoint {
        @Override
        public double value(Workspace ws) {
            return Elementwise.softmaxCrossEntropy(z, t, ws);
        }

        @Override
        public void values(Vector out, Workspace ws) {
            for (int i = 0; i < z.rows(); i++) {
                out.set(i, Elementwise.softmaxCrossEntropy(z.rows(i, i + 1), t.rows(i, i + 1), ws));
            }
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            Elementwise.softmaxGradient(p, mass, t, dz, ws);
        }

        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            Elementwise.softmaxHessian(p, mass, u, hu, ws);
        }

        @Override
        public int rootColumns() {
            return z.columns();
        }

        /// S = √c (diag(√p) − p √pᵀ), so column j is √(c pⱼ) (eⱼ − p).
        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix root = frame.matrix(z.precision(), z.rows(), 1);
                root.copyFrom(p.columns(column, column + 1));
                Hadamard.SET.multiply(root, mass.asMatrix(z.rows(), 1), root, ws);
                Elementwise.power(root.flat(), 0, 0.5, root.flat());
                Matrix unit = frame.matrix(z.precision(), z.rows(), z.columns()).fill(0);
                unit.columns(column, column + 1).copyFrom(root);
                Elementwise.softmaxGradient(p, root.flat(), unit, s, ws);
                s.scale(-1);
            }
        }
    }
}
