package io.quadric.bench.baseline;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.InverseRoot;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.ArrayList;
import java.util.List;

/// Shampoo with Adam's step lengths (Anil et al. 2021, "Scalable Second Order Optimization for Deep Learning", §3.3 and
/// Appendix; Agarwal et al. 2020 on grafting): each matrix moves along L^(−1/4) M R^(−1/4), M the mean gradient, and as
/// far as Adam's direction of that matrix is long. L and R are averages of GGᵀ and GᵀG, whose roots are computed every
/// `period` steps. Vectors are left to Adam; a convolution's weight is the matrix of its outputs by all else.
///
/// @param step α and the decoupled decay
/// @param beta1 β₁ of the mean gradient
/// @param beta2 β₂ of squares and factors
/// @param period steps between two roots
public record GraftedShampoo(
        DirectStep step,
        @Tunable("decay β₁ of the mean gradient") double beta1,
        @Tunable("decay β₂ of squares and factors") double beta2,
        @Tunable("steps between two roots") int period)
        implements Optimizer {
    private static final double EPSILON = 1e-8;

    /// Damping of a factor in relation to its mean eigenvalue.
    private static final double RELATIVE_DAMPING = 1e-6;

    /// Adam's rate of 1e-3, β = (0.9, 0.99) and a period of 10, without decay.
    public GraftedShampoo() {
        this(new DirectStep(1e-3), 0.9, 0.99, 10);
    }

    @Override
    public Run start(Start start) {
        return step.run("grafted-shampoo", start, new Grafted(start));
    }

    /// One side of a matrix: its factor and the root of its inverse.
    private static final class Side {
        private final Matrix factor;
        private final Matrix root;

        Side(Matrix like, int order) {
            factor = Matrix.zeros(like.precision(), order, order);
            root = Matrix.identity(like.precision(), order);
        }

        void invert(Workspace ws) {
            double damping = RELATIVE_DAMPING * factor.trace() / factor.rows() + Double.MIN_NORMAL;
            Matrix next = root.copy();
            if (InverseRoot.of(4).byEigendecomposition(factor, damping, next, ws).succeeded()) {
                root.copyFrom(next);
            }
        }
    }

    private final class Grafted implements Direction {
        private final Workspace ws;
        private final List<ParameterSlice> matrices;
        private final List<Side> rows = new ArrayList<>();
        private final List<Side> columns = new ArrayList<>();
        private final Vector mean;
        private final AdamMoments adam;

        Grafted(Start start) {
            ws = start.ws();
            mean = start.parameters().values().copy().fill(0);
            adam = new AdamMoments(beta1, beta2, EPSILON, mean);
            matrices = start.parameters().layout().slices().stream()
                    .filter(slice -> slice.spec().dimensions().size() > 1).toList();
            for (ParameterSlice slice : matrices) {
                Matrix like = slice.matrixOf(mean);
                rows.add(new Side(like, like.rows()));
                columns.add(new Side(like, like.columns()));
            }
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            mean.axpby(1 - beta1, g, beta1);
            adam.direction(k, g, p, ws);
            for (int i = 0; i < matrices.size(); i++) {
                Matrix gradient = matrices.get(i).matrixOf(g);
                new Gemm(1 - beta2, beta2).syrk(gradient, rows.get(i).factor, ws);
                new Gemm(1 - beta2, beta2).syrk(gradient.t(), columns.get(i).factor, ws);
                if ((k - 1) % period == 0) {
                    rows.get(i).invert(ws);
                    columns.get(i).invert(ws);
                }
                graft(i, matrices.get(i).matrixOf(p));
            }
        }

        private void graft(int i, Matrix part) {
            try (var frame = ws.open()) {
                Matrix half = frame.matrix(part.precision(), part.rows(), part.columns());
                Matrix direction = frame.matrix(part.precision(), part.rows(), part.columns());
                Gemm.SET.multiply(rows.get(i).root, matrices.get(i).matrixOf(mean), half, ws);
                Gemm.SET.multiply(half, columns.get(i).root, direction, ws);
                double length = direction.norm();
                if (length > 0) {
                    direction.scale(part.norm() / length);
                    part.copyFrom(direction);
                }
            }
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("shampooMean", mean);
            adam.serialize(archive);
            for (int i = 0; i < matrices.size(); i++) {
                archive.array("left." + i, rows.get(i).factor.flat());
                archive.array("leftRoot." + i, rows.get(i).root.flat());
                archive.array("right." + i, columns.get(i).factor.flat());
                archive.array("rightRoot." + i, columns.get(i).root.flat());
            }
        }
    }
}
