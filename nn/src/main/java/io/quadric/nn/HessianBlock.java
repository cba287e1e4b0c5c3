package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/// The exact block of the Hessian that belongs to one weight with its bias, (1/N) Σ (āᵢ āᵢᵀ) ⊗ 𝓗ᵢ + ηI with the
/// pre-activation Hessian 𝓗ᵢ = ∂²Lᵢ/∂hᵢ² of each case, times its relative weight (Botev et al. 2017, §2.2, eqns 7 and
/// 8). Its vectors hold the weight, row-major, and then the bias.
///
/// An independent derivation of what [Linearization#hessian] computes, for small networks: it holds N square matrices
/// as large as the layer has outputs, in memory of its own.
///
/// @param block the weight and the bias
/// @param inputs a, one row per case
/// @param preactivation 𝓗 of all cases, one below another: N · outputs × outputs
/// @param l2 η
public record HessianBlock(AffineBlock block, Matrix inputs, Matrix preactivation, double l2)
        implements SelfAdjointOperator {
    /// {@return the blocks of a chain, in order}, by the recursion 𝓗 ← Wᵀ𝓗W through an affine layer and
    /// 𝓗 ← 𝓗 ∘ φ'φ'ᵀ + diag(φ'' ∘ ∂L/∂a) through an elementwise function, case by case.
    ///
    /// @param at a chain of affine layers and elementwise functions on plain features
    /// @throws IllegalArgumentException if the network is not such a chain
    public static List<HessianBlock> all(Linearization at) {
        KfraFactors.requireChain(at.model().network());
        at.requireCurrent();
        Recorder recorder = new Recorder(new HashMap<>(), new HashMap<>());
        Matrix dz = at.outputs().copy();
        at.lossGradient(dz);
        at.weigh(dz, 1);
        at.layers().downwards(dz, at.noMatrix(), (i, size) -> Matrix.zeros(dz.precision(), dz.rows(), size),
                (i, in, out) -> {
                    recorder.cotangents.put(i, in);
                    at.layers().pass(i).backward(in, out, recorder, at.workspace());
                });
        return recursion(at, recorder);
    }

    /// Keeps what the recursion needs of a backward pass.
    ///
    /// @param cotangents ∂L/∂a after every layer
    /// @param inputs of every block
    private record Recorder(Map<Integer, Matrix> cotangents, Map<AffineBlock, Matrix> inputs) implements Sink {
        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            inputs.put(block, rows.inputs().copy());
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            throw new IllegalStateException("an affine layer reports its block alone, got " + slice.name());
        }
    }

    private static List<HessianBlock> recursion(Linearization at, Recorder recorder) {
        Network network = at.model().network();
        LinkedList<HessianBlock> blocks = new LinkedList<>();
        Matrix ofLoss = ofLoss(at, at.workspace());
        at.layers().downwards(ofLoss, at.noMatrix(), (i, size) -> Matrix.zeros(ofLoss.precision(),
                at.cases() * size, size), (i, in, out) -> {
                    if (KfraFactors.isAffine(network.layers().get(i))) {
                        AffineBlock block = network.blocks(i).getFirst();
                        blocks.addFirst(new HessianBlock(block, recorder.inputs.get(block), in, at.model().l2()));
                        blocks.getFirst().throughWeight(at.parameters().values(), out, at.workspace());
                    } else if (!out.isEmpty()) {
                        throughActivation(at.layers().pass(i), recorder.cotangents.get(i), in, out, at.workspace());
                    }
                });
        return List.copyOf(blocks);
    }

    /// Column by column.
    private static Matrix ofLoss(Linearization at, Workspace ws) {
        int outputs = at.outputs().columns();
        Matrix hessians = Matrix.zeros(at.outputs().precision(), at.cases() * outputs, outputs);
        Matrix unit = at.outputs().copy();
        Matrix column = at.outputs().copy();
        for (int c = 0; c < outputs; c++) {
            unit.fill(0).columns(c, c + 1).fill(1);
            at.batchLoss().hessianProduct(unit, column, ws);
            hessians.columns(c, c + 1).copyFrom(column.reshape(at.cases() * outputs, 1));
        }
        return hessians;
    }

    /// result ← Wᵀ𝓗W for every case, unless it is not wanted.
    private void throughWeight(Vector theta, Matrix result, Workspace ws) {
        if (result.isEmpty()) {
            return;
        }
        Matrix w = block.weight().matrixOf(theta);
        int cases = inputs.rows();
        Matrix hw = Matrix.zeros(w.precision(), preactivation.rows(), w.columns());
        Gemm.SET.multiply(preactivation, w, hw, ws);
        for (int n = 0; n < cases; n++) {
            Gemm.SET.multiply(w.t(), caseOf(hw, n, cases), caseOf(result, n, cases), ws);
        }
    }

    private static Matrix caseOf(Matrix stacked, int n, int cases) {
        int order = stacked.rows() / cases;
        return stacked.rows(n * order, (n + 1) * order);
    }

    /// The backward pass of ones gives φ', and R-backward of a tangent of ones alone gives φ'' ∘ ∂L/∂a.
    private static void throughActivation(LayerPass pass, Matrix dy, Matrix hessians, Matrix products, Workspace ws) {
        Matrix ones = dy.copy().fill(1);
        Matrix slopes = dy.copy();
        Matrix bends = dy.copy();
        try (var frame = ws.open()) {
            pass.backward(ones, slopes, Sink.NONE, ws);
            pass.second(dy, dy.copy(), frame)
                    .rForward(Vector.zeros(dy.precision(), 0), ones, dy.copy(), frame)
                    .rBackward(dy.copy().fill(0), bends, Sink.NONE, ws);
        }
        for (int n = 0; n < dy.rows(); n++) {
            Matrix one = caseOf(products, n, dy.rows());
            Matrix slope = slopes.rows(n, n + 1);
            Gemm.SET.multiply(slope.t(), slope, one, ws);
            Hadamard.SET.multiply(one.copy(), caseOf(hessians, n, dy.rows()), one, ws);
            for (int j = 0; j < dy.columns(); j++) {
                one.set(j, j, one.get(j, j) + bends.get(n, j));
            }
        }
    }

    @Override
    public int size() {
        return block.outputs() * block.augmentedInputs();
    }

    @Override
    public Precision precision() {
        return inputs.precision();
    }

    /// For V̄ = [V v] every case adds 𝓗ᵢ (V aᵢ + v) āᵢᵀ / N.
    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        int cases = inputs.rows();
        int weights = block.weight().size();
        try (var frame = ws.open()) {
            Matrix tangents = frame.matrix(precision(), cases, block.outputs());
            Matrix images = frame.matrix(precision(), cases, block.outputs());
            Gemm.SET.multiply(inputs, weightOf(v).t(), tangents, ws);
            if (block.bias().isPresent()) {
                Elementwise.addRow(v.slice(weights, size()), tangents, ws);
            }
            for (int n = 0; n < cases; n++) {
                Gemm.SET.multiply(tangents.rows(n, n + 1), caseOf(preactivation, n, cases), images.rows(n, n + 1), ws);
            }
            new Gemm(1.0 / cases, 0).multiply(images.t(), inputs, weightOf(product), ws);
            if (block.bias().isPresent()) {
                Elementwise.sumRows(1.0 / cases, images, 0, product.slice(weights, size()));
            }
        }
        product.axpy(l2, v);
    }

    private Matrix weightOf(Vector flat) {
        return flat.slice(0, block.weight().size()).asMatrix(block.outputs(), block.inputs());
    }
}
