package io.quadric.nn.loss;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.random.RandomGenerator;

/// L = ½ ‖z − t‖²; the predictive distribution is normal with unit variance. H = I.
public record SquaredError() implements Loss {
    @Override
    public Shape targets(Shape outputs) {
        return outputs;
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        return new Point(z, t);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        Sampling.gaussian(0, 1, random, t);
        Elementwise.axpby(1, z, 1, t, ws);
    }

    private record Point(Matrix z, Matrix t) implements LossPoint {
        @Override
        public double value(Workspace ws) {
            return 0.5 * Elementwise.squaredDistance(z, t, ws);
        }

        @Override
        public void values(Vector out, Workspace ws) {
            for (int i = 0; i < z.rows(); i++) {
                out.set(i, 0.5 * Elementwise.squaredDistance(z.rows(i, i + 1), t.rows(i, i + 1), ws));
            }
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            dz.copyFrom(z);
            Elementwise.axpby(-1, t, 1, dz, ws);
        }

        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            hu.copyFrom(u);
        }

        @Override
        public boolean isDiagonal() {
            return true;
        }

        @Override
        public int rootColumns() {
            return z.columns();
        }

        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            s.fill(0);
            s.columns(column, column + 1).fill(1);
        }
    }
}
