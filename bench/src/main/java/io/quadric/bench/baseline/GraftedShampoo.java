package io.quadric.bench.baseline;

import io.quadric.bench.baseline.FactoredMatrices.Factored;
import io.quadric.bench.baseline.FactoredMatrices.Side;
import io.quadric.linalg.InverseRoot;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;

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

    /// The root of the inverse; left as it is if there is none.
    private static void invert(Side side, Workspace ws) {
        double damping = RELATIVE_DAMPING * side.factor().trace() / side.factor().rows() + Double.MIN_NORMAL;
        Matrix next = side.made().copy();
        if (InverseRoot.of(4).byEigendecomposition(side.factor(), damping, next, ws).succeeded()) {
            side.made().copyFrom(next);
        }
    }

    private final class Grafted implements Direction {
        private final Workspace ws;
        private final FactoredMatrices matrices;
        private final Vector mean;
        private final AdamMoments adam;

        Grafted(Start start) {
            ws = start.ws();
            mean = start.parameters().values().copy().fill(0);
            adam = new AdamMoments(beta1, beta2, EPSILON, mean);
            matrices = new FactoredMatrices(start.parameters().layout(), mean);
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            mean.axpby(1 - beta1, g, beta1);
            adam.direction(k, g, p, ws);
            for (Factored matrix : matrices.all()) {
                matrix.observe(g, beta2, ws);
                if ((k - 1) % period == 0) {
                    matrix.sides().forEach(side -> invert(side, ws));
                }
                graft(matrix, matrix.slice().matrixOf(p));
            }
        }

        private void graft(Factored matrix, Matrix part) {
            try (var frame = ws.open()) {
                Matrix direction = frame.matrix(part.precision(), part.rows(), part.columns())
                        .copyFrom(matrix.slice().matrixOf(mean));
                matrix.multiply(direction, ws);
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
            matrices.serialize(archive);
        }
    }
}
