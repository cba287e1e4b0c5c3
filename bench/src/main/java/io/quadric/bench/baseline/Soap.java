package io.quadric.bench.baseline;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Qr;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.SymmetricEigen;
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

/// SOAP (Vyas et al. 2024, "SOAP: Improving and Stabilizing Shampoo using Adam", Algorithm 3): Adam in the eigenbasis
/// of Shampoo's factors L = E[GGᵀ] and R = E[GᵀG]. The bases are the eigenvectors at the first step, and one step of
/// the power method with a QR decomposition every `period` steps from there; eigenvectors again where a factor has no
/// full rank. Vectors are left to Adam; a convolution's weight is the matrix of its outputs by all else.
///
/// @param step α and the decoupled decay
/// @param beta1 β₁ of the mean
/// @param beta2 β₂ of the mean square and of L and R
/// @param period steps between two bases
public record Soap(
        DirectStep step,
        @Tunable("decay β₁ of the mean gradient") double beta1,
        @Tunable("decay β₂ of squares and factors") double beta2,
        @Tunable("steps between two bases") int period)
        implements Optimizer {
    private static final double EPSILON = 1e-8;

    /// The published α = 3e-3, β = (0.95, 0.95) and a period of 10, without decay.
    public Soap() {
        this(new DirectStep(3e-3), 0.95, 0.95, 10);
    }

    @Override
    public Run start(Start start) {
        return step.run("soap", start, new Rotated(start));
    }

    /// One side of a matrix: its factor and basis.
    private final class Side {
        private final Matrix factor;
        private final Matrix basis;

        Side(Matrix like, int order) {
            factor = Matrix.zeros(like.precision(), order, order);
            basis = Matrix.identity(like.precision(), order);
        }

        void begin(Workspace ws) {
            if (SymmetricEigen.decompose(factor, ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen e)) {
                basis.copyFrom(e.vectors());
            }
        }

        void turn(Workspace ws) {
            Matrix product = factor.copy();
            Gemm.SET.multiply(factor, basis, product, ws);
            if (Qr.factor(product, ws) instanceof Qr.Outcome.Factored(Qr qr)) {
                qr.q(basis, ws);
            } else {
                begin(ws);
            }
        }
    }

    private final class Rotated implements Direction {
        private final Workspace ws;
        private final List<ParameterSlice> matrices;
        private final List<Side> rows = new ArrayList<>();
        private final List<Side> columns = new ArrayList<>();
        private final Vector mean;
        private final Vector square;

        Rotated(Start start) {
            ws = start.ws();
            mean = start.parameters().values().copy().fill(0);
            square = mean.copy();
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
            try (var frame = ws.open()) {
                Vector turned = frame.vector(g.precision(), g.size()).copyFrom(g);
                p.copyFrom(mean);
                for (int i = 0; i < matrices.size(); i++) {
                    if (k == 1) {
                        observe(i, g, 0);
                        rows.get(i).begin(ws);
                        columns.get(i).begin(ws);
                    }
                    intoBasis(i, matrices.get(i).matrixOf(turned));
                    intoBasis(i, matrices.get(i).matrixOf(p));
                }
                new Hadamard(1 - beta2, beta2).multiply(turned.asRow(), turned.asRow(), square.asRow(), ws);
                RootDivision division = new RootDivision(
                        1 / (1 - Math.pow(beta1, k)), 1 / (1 - Math.pow(beta2, k)), EPSILON);
                Elementwise.divideByRoot(division, turned.copyFrom(p).asRow(), square.asRow(), p.asRow());
            }
            for (int i = 0; i < matrices.size(); i++) {
                Matrix part = matrices.get(i).matrixOf(p);
                multiply(rows.get(i).basis, part, columns.get(i).basis, true);
                if (k > 1) {
                    observe(i, g, beta2);
                }
                if (k % period == 0) {
                    rows.get(i).turn(ws);
                    columns.get(i).turn(ws);
                }
            }
        }

        /// L ← βL + (1−β)GGᵀ and R ← βR + (1−β)GᵀG; at first GGᵀ and GᵀG.
        private void observe(int i, Vector g, double beta) {
            Matrix gradient = matrices.get(i).matrixOf(g);
            new Gemm(1 - beta, beta).syrk(gradient, rows.get(i).factor, ws);
            new Gemm(1 - beta, beta).syrk(gradient.t(), columns.get(i).factor, ws);
        }

        /// X ← Q_Lᵀ X Q_R
        private void intoBasis(int i, Matrix x) {
            multiply(rows.get(i).basis, x, columns.get(i).basis, false);
        }

        /// X ← Q_L X Q_Rᵀ, or with the bases transposed.
        private void multiply(Matrix left, Matrix x, Matrix right, boolean back) {
            try (var frame = ws.open()) {
                Matrix half = frame.matrix(x.precision(), x.rows(), x.columns());
                Gemm.SET.multiply(back ? left : left.t(), x, half, ws);
                Gemm.SET.multiply(half, back ? right.t() : right, x, ws);
            }
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("mean", mean);
            archive.array("square", square);
            for (int i = 0; i < matrices.size(); i++) {
                archive.array("left." + i, rows.get(i).factor.flat());
                archive.array("leftBasis." + i, rows.get(i).basis.flat());
                archive.array("right." + i, columns.get(i).factor.flat());
                archive.array("rightBasis." + i, columns.get(i).basis.flat());
            }
        }
    }
}
