package io.quadric.engine.experiment.measure;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.List;

/// Moving averages F̄_l of the blocks of the Fisher matrix, one for each dense layer, as dense matrices (Ren 2022,
/// §4.3.4, Figure 4.1).
///
/// F_l is the mean over the cases of the expectation of the gradient's outer product, for targets of the model's
/// predictive distribution; for a matching loss that is the Gauss-Newton matrix. The gradient of a case in W̄ = [W
/// b], P × Q, is y x̄ᵀ with x̄ = (x; 1), so that F_l = (1/m) Σᵢ (Σ_c y_ic y_icᵀ) ⊗ x̄ᵢx̄ᵢᵀ, with the columns c of the
/// square root of the loss's Hessian. Its Q × Q blocks are (1/m) X̄ᵀ diag(s_pq) X̄, where s_pq has the elements (p,
/// q) of Σ_c y_ic y_icᵀ of all cases. That takes m P² Q² operations, a C-th of what the rows of all columns would
/// take.
///
/// In FLOAT64; 8 (PQ)² bytes for a layer, twice while it is factored.
final class BlockFisher {
    private final List<Block> layers = new ArrayList<>();

    /// @param layout of dense layers only
    /// @throws IllegalArgumentException if there are other parameters
    BlockFisher(ParameterLayout layout) {
        int covered = 0;
        for (AffineBlock block : layout.blocks()) {
            layers.add(new Block(block));
            covered += block.outputs() * block.augmentedInputs();
        }
        if (covered != layout.size()) {
            throw new IllegalArgumentException(
                    "dense layers have " + covered + " of " + layout.size() + " parameters, expected all");
        }
    }

    /// F̄ ← (1 − weight) F̄ + weight F
    ///
    /// @param at the model on a batch, one position and the same weight for every case
    void observe(Linearization at, double weight) {
        try (var frame = at.workspace().open()) {
            List<Moments> moments = layers.stream().map(layer -> new Moments(layer, at.cases(), frame)).toList();
            Sink sink = new Sink() {
                @Override
                public void affine(AffineBlock block, Rows rows, Workspace ws) {
                    moments.get(block.index()).add(rows);
                }

                @Override
                public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
                    throw new IllegalStateException("'" + slice.name() + "' is outside the dense layers");
                }
            };
            at.backwardHessianRoots(column -> sink);
            moments.forEach(its -> its.average(weight, at.workspace()));
        }
    }

    /// p_l ← (F̄_l + λI)⁻¹ g_l for every layer.
    ///
    /// @param lambda λ
    /// @param g a flat vector
    /// @param p overwritten
    void solve(double lambda, Vector g, Vector p, Workspace ws) {
        layers.forEach(layer -> layer.solve(lambda, g, p, ws));
    }

    /// F̄ of a layer, of which the lower triangle holds; its order is that of W̄, row by row.
    Matrix average(int layer) {
        return layers.get(layer).average;
    }

    /// A layer and its F̄.
    private static final class Block {
        private final AffineBlock affine;
        private final int outputs;
        private final int inputs;
        private final Matrix average;

        Block(AffineBlock affine) {
            this.affine = affine;
            outputs = affine.outputs();
            inputs = affine.augmentedInputs();
            average = Matrix.zeros(Precision.FLOAT64, outputs * inputs, outputs * inputs);
        }

        void solve(double lambda, Vector g, Vector p, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix damped = frame.matrix(Precision.FLOAT64, average.rows(), average.rows());
                damped.copyFrom(average).addToDiagonal(lambda);
                Vector joined = frame.vector(Precision.FLOAT64, average.rows());
                Matrix rows = joined.asMatrix(outputs, inputs);
                weight(rows).copyFrom(affine.weight().of(g).asMatrix(outputs, affine.inputs()));
                affine.bias().ifPresent(bias -> bias(rows).copyFrom(bias.of(g).asMatrix(outputs, 1)));
                switch (Cholesky.factorInPlace(damped, ws)) {
                    case Cholesky.Outcome.Factored(Cholesky factor) -> factor.solve(joined, ws);
                    case Cholesky.Outcome.NotPositiveDefinite failed -> throw new ArithmeticException(failed.advice());
                }
                affine.weight().of(p).asMatrix(outputs, affine.inputs()).copyFrom(weight(rows));
                affine.bias().ifPresent(bias -> bias.of(p).asMatrix(outputs, 1).copyFrom(bias(rows)));
            }
        }

        private Matrix weight(Matrix joined) {
            return joined.columns(0, affine.inputs());
        }

        private Matrix bias(Matrix joined) {
            return joined.columns(affine.inputs(), inputs);
        }
    }

    /// What the passes over a batch report of a layer: X̄, and Σ_c y_p y_q for each pair p ≥ q, a row for each.
    private static final class Moments {
        private final Block block;
        private final Matrix inputs;
        private final Matrix products;

        Moments(Block block, int cases, Workspace.Frame frame) {
            this.block = block;
            inputs = frame.matrix(Precision.FLOAT64, cases, block.inputs).fill(1);
            products = frame.matrix(Precision.FLOAT64, block.outputs * (block.outputs + 1) / 2, cases).fill(0);
        }

        void add(Sink.Rows rows) {
            if (rows.positions() != 1 || !rows.cases().areEqual()) {
                throw new IllegalArgumentException("expected one position of the same weight for every case");
            }
            inputs.columns(0, rows.inputs().columns()).copyFrom(rows.inputs());
            Matrix y = rows.gradients();
            for (int p = 0, pair = 0; p < block.outputs; p++) {
                for (int q = 0; q <= p; q++, pair++) {
                    Vector sum = products.row(pair);
                    for (int i = 0; i < y.rows(); i++) {
                        sum.set(i, sum.get(i) + y.get(i, p) * y.get(i, q));
                    }
                }
            }
        }

        void average(double weight, Workspace ws) {
            Gemm add = new Gemm(weight / inputs.rows(), 1 - weight);
            int n = block.inputs;
            try (var frame = ws.open()) {
                Matrix scaled = frame.matrix(Precision.FLOAT64, inputs.rows(), n);
                for (int p = 0, pair = 0; p < block.outputs; p++) {
                    for (int q = 0; q <= p; q++, pair++) {
                        Elementwise.scaleRows(products.row(pair), inputs, scaled, ws);
                        Matrix part = block.average.rows(p * n, (p + 1) * n).columns(q * n, (q + 1) * n);
                        add.multiply(inputs.t(), scaled, part, ws);
                    }
                }
            }
        }
    }
}
