package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.LossPoint;
import java.util.random.RandomGenerator;

/// A loss with one mistake planted into it.
record FaultyLoss(Loss inner, Fault fault) implements Loss {
    private static final double WRONG = 1.01;

    /// Each in one method of [LossPoint], in [Loss#sample] or in [Loss#mean].
    enum Fault {
        VALUE_SCALED("value"),
        VALUES_SCALED("values"),
        GRADIENT_SCALED("gradient"),
        GRADIENT_SHIFTED("gradient"),
        HESSIAN_SCALED("hessianProduct"),
        HESSIAN_DIAGONAL_SHIFTED("hessianProduct"),
        CURVATURE_SCALED("curvatureProduct"),
        CURVATURE_LOWERED("curvatureProduct"),
        DIAGONAL_CLAIMED("isDiagonal"),
        ROOT_SCALED("hessianRoot"),
        ROOT_COLUMN_MISSING("rootColumns"),
        SAMPLED_ELSEWHERE("sample"),
        MEAN_ELSEWHERE("mean");

        final String method;

        Fault(String method) {
            this.method = method;
        }
    }

    @Override
    public Shape targets(Shape outputs) {
        return inner.targets(outputs);
    }

    @Override
    public boolean isConvex() {
        return inner.isConvex();
    }

    @Override
    public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
        return new Point(inner.at(z, t, frame), fault);
    }

    @Override
    public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
        inner.sample(fault == Fault.SAMPLED_ELSEWHERE ? z.copy().scale(-4) : z, random, t, ws);
    }

    @Override
    public void mean(Matrix z, Matrix mean, Workspace ws) {
        inner.mean(fault == Fault.MEAN_ELSEWHERE ? z.copy().scale(-4) : z, mean, ws);
    }

    private record Point(LossPoint point, Fault fault) implements LossPoint {
        private double factor(Fault other) {
            return fault == other ? WRONG : 1;
        }

        @Override
        public double value(Workspace ws) {
            return factor(Fault.VALUE_SCALED) * point.value(ws);
        }

        @Override
        public void values(Vector out, Workspace ws) {
            point.values(out, ws);
            out.scale(factor(Fault.VALUES_SCALED));
        }

        @Override
        public void gradient(Matrix dz, Workspace ws) {
            point.gradient(dz, ws);
            dz.scale(factor(Fault.GRADIENT_SCALED));
            if (fault == Fault.GRADIENT_SHIFTED) {
                dz.axpby(0.01, dz.copy().fill(1), 1);
            }
        }

        @Override
        public void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
            point.hessianProduct(u, hu, ws);
            hu.scale(factor(Fault.HESSIAN_SCALED));
            if (fault == Fault.HESSIAN_DIAGONAL_SHIFTED) {
                hu.axpby(0.01, u, 1);
            }
        }

        @Override
        public void curvatureProduct(Matrix u, Matrix bu, Workspace ws) {
            point.curvatureProduct(u, bu, ws);
            bu.scale(factor(Fault.HESSIAN_SCALED) * factor(Fault.CURVATURE_SCALED));
            if (fault == Fault.CURVATURE_LOWERED) {
                bu.axpby(-0.01, u, 1);
            }
        }

        @Override
        public boolean isDiagonal() {
            return point.isDiagonal() || fault == Fault.DIAGONAL_CLAIMED;
        }

        @Override
        public int rootColumns() {
            return point.rootColumns() - (fault == Fault.ROOT_COLUMN_MISSING ? 1 : 0);
        }

        @Override
        public void hessianRoot(int column, Matrix s, Workspace ws) {
            point.hessianRoot(column, s, ws);
            s.scale(factor(Fault.ROOT_SCALED));
        }
    }
}
