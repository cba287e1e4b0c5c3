package io.quadric.bench.baseline;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.List;

/// Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks", and the program published with
/// it): the Nesterov momentum of a weight matrix is replaced by about the nearest matrix with orthonormal rows or
/// columns, by five Newton-Schulz iterations, times √max(1, rows / columns). A convolution's weight is the matrix of
/// its outputs by all else. Biases, other vectors and the last weight are left to AdamW, as the authors do.
///
/// @param step α of the matrices, and the decoupled decay of all parameters
/// @param momentum μ
/// @param adamRate learning rate of what is left to AdamW, with β = (0.9, 0.95) and ε = 1e-10
public record Muon(
        DirectStep step, @Tunable("momentum μ") double momentum, @Tunable("learning rate of AdamW") double adamRate)
        implements Optimizer {
    private static final int ITERATIONS = 5;
    private static final double[] QUINTIC = {3.4445, -4.7750, 2.0315};
    private static final double SMALLEST_NORM = 1e-7;

    /// The published α = 0.02, μ = 0.95 and AdamW's rate of 3e-4, without decay.
    public Muon() {
        this(new DirectStep(0.02), 0.95, 3e-4);
    }

    @Override
    public Run start(Start start) {
        return step.run("muon", start, new Orthogonal(start));
    }

    /// The arrays that are orthogonalised: all weights but the last.
    private static List<ParameterSlice> matrices(ParameterLayout layout) {
        List<ParameterSlice> weights = layout.slices().stream()
                .filter(slice -> slice.spec().isWeight() && slice.spec().dimensions().size() > 1)
                .toList();
        return weights.isEmpty() ? weights : weights.subList(0, weights.size() - 1);
    }

    private final class Orthogonal implements Direction {
        private final Workspace ws;
        private final List<ParameterSlice> matrices;
        private final Vector average;
        private final AdamMoments others;

        Orthogonal(Start start) {
            ws = start.ws();
            matrices = matrices(start.parameters().layout());
            average = start.parameters().values().copy().fill(0);
            others = new AdamMoments(0.9, 0.95, 1e-10, average);
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            others.direction(k, g, p, ws);
            p.scale(adamRate / step.learningRate());
            average.axpby(1 - momentum, g, momentum);
            for (ParameterSlice slice : matrices) {
                Vector part = slice.of(p).copyFrom(slice.of(g)).axpby(momentum, slice.of(average), 1 - momentum);
                Matrix update = slice.matrixOf(p);
                part.scale(1 / Math.max(part.norm(), SMALLEST_NORM));
                orthogonalize(update);
                update.scale(Math.sqrt(Math.max(1, (double) update.rows() / update.columns())));
            }
        }

        /// X ← aX + (bXXᵀ + c(XXᵀ)²)X, five times, by the shorter side.
        private void orthogonalize(Matrix x) {
            boolean wide = x.rows() <= x.columns();
            int n = Math.min(x.rows(), x.columns());
            try (var frame = ws.open()) {
                Matrix square = frame.matrix(x.precision(), n, n);
                Matrix factor = frame.matrix(x.precision(), n, n);
                Matrix before = frame.matrix(x.precision(), x.rows(), x.columns());
                for (int i = 0; i < ITERATIONS; i++) {
                    before.copyFrom(x);
                    Gemm.SET.syrk(wide ? before : before.t(), square, ws);
                    Gemm.SET.multiply(square, square, factor, ws);
                    factor.axpby(QUINTIC[1], square, QUINTIC[2]);
                    Gemm last = new Gemm(1, QUINTIC[0]);
                    if (wide) {
                        last.multiply(factor, before, x, ws);
                    } else {
                        last.multiply(before, factor, x, ws);
                    }
                }
            }
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("average", average);
            others.serialize(archive);
        }
    }
}
