package io.quadric.bench.baseline;

import io.quadric.bench.baseline.FactoredMatrices.Factored;
import io.quadric.bench.baseline.FactoredMatrices.Side;
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
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;

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

    /// The basis of eigenvectors; left as it is if there is none.
    private static void begin(Side side, Workspace ws) {
        if (SymmetricEigen.decompose(side.factor(),
                ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen e)) {
            side.made().copyFrom(e.vectors());
        }
    }

    private static void turn(Side side, Workspace ws) {
        Matrix product = side.factor().copy();
        Gemm.SET.multiply(side.factor(), side.made(), product, ws);
        if (Qr.factor(product, ws) instanceof Qr.Outcome.Factored(Qr qr)) {
            qr.q(side.made(), ws);
        } else {
            begin(side, ws);
        }
    }

    private final class Rotated implements Direction {
        private final Workspace ws;
        private final FactoredMatrices matrices;
        private final Vector mean;
        private final Vector square;

        Rotated(Start start) {
            ws = start.ws();
            mean = start.parameters().values().copy().fill(0);
            square = mean.copy();
            matrices = new FactoredMatrices(start.parameters().layout(), mean);
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            mean.axpby(1 - beta1, g, beta1);
            try (var frame = ws.open()) {
                Vector turned = frame.vector(g.precision(), g.size()).copyFrom(g);
                p.copyFrom(mean);
                for (Factored matrix : matrices.all()) {
                    if (k == 1) {
                        matrix.observe(g, 0, ws);
                        matrix.sides().forEach(side -> begin(side, ws));
                    }
                    matrix.intoBases(matrix.slice().matrixOf(turned), ws);
                    matrix.intoBases(matrix.slice().matrixOf(p), ws);
                }
                new Hadamard(1 - beta2, beta2).multiply(turned.asRow(), turned.asRow(), square.asRow(), ws);
                RootDivision division = new RootDivision(
                        1 / (1 - Math.pow(beta1, k)), 1 / (1 - Math.pow(beta2, k)), EPSILON);
                Elementwise.divideByRoot(division, turned.copyFrom(p).asRow(), square.asRow(), p.asRow());
            }
            for (Factored matrix : matrices.all()) {
                matrix.fromBases(matrix.slice().matrixOf(p), ws);
                if (k > 1) {
                    matrix.observe(g, beta2, ws);
                }
                if (k % period == 0) {
                    matrix.sides().forEach(side -> turn(side, ws));
                }
            }
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("mean", mean);
            archive.array("square", square);
            matrices.serialize(archive);
        }
    }
}
