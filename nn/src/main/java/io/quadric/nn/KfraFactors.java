package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The output factors of KFRA (Botev et al. 2017, §3.2), without a backward pass of cases: G starts as the mean of
/// the loss Hessians, becomes Wᵀ G W through a dense layer and G ∘ (1/N) Σ φ'φ'ᵀ through an elementwise activation.
/// Only the weight propagates, never the bias.
public final class KfraFactors {
    private KfraFactors() {}

    /// {@return G at the output h of every block, in the order of the blocks; the penalty is not in it}
    ///
    /// @param at a chain of dense layers and elementwise activations on plain features
    /// @throws IllegalArgumentException if the network is not such a chain
    public static List<Matrix> outputFactors(Linearization at) {
        Network network = at.model().network();
        requireChain(network);
        at.requireCurrent();
        List<Matrix> factors = new ArrayList<>();
        Matrix g = meanHessian(at);
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            if (network.layers().get(i) instanceof DenseLayer) {
                AffineBlock block = network.blocks(i).getFirst();
                factors.add(g);
                g = throughWeight(block.weight().matrixOf(at.parameters().values()), g, at.workspace());
            } else {
                g = throughActivation(at, i, g);
            }
        }
        Collections.reverse(factors);
        return factors;
    }

    /// Checks that the recursion exists.
    ///
    /// @param network a chain of dense layers and elementwise activations on plain features
    /// @throws IllegalArgumentException if it is anything else
    public static void requireChain(Network network) {
        for (Layer layer : network.layers()) {
            if (!(layer instanceof DenseLayer || layer instanceof Activation || layer instanceof ElementwiseLayer)) {
                throw new IllegalArgumentException("KFRA needs dense layers and elementwise activations, got " + layer);
            }
        }
        if (!(network.input() instanceof Shape.Features)) {
            throw new IllegalArgumentException("KFRA needs plain features, got " + network.input());
        }
    }

    /// (1/N) Σ Hᵢ, column by column.
    private static Matrix meanHessian(Linearization at) {
        Workspace ws = at.workspace();
        int outputs = at.outputs().columns();
        Matrix mean = Matrix.zeros(at.outputs().precision(), outputs, outputs);
        try (var frame = ws.open()) {
            Matrix unit = at.outputsLike(frame);
            Matrix product = at.outputsLike(frame);
            for (int a = 0; a < outputs; a++) {
                unit.fill(0);
                unit.columns(a, a + 1).fill(1);
                at.lossPoint().curvatureProduct(unit, product, ws);
                Elementwise.sumRows(1.0 / at.cases(), product, 0, mean.row(a));
            }
        }
        return mean;
    }

    private static Matrix throughWeight(Matrix w, Matrix g, Workspace ws) {
        Matrix before = Matrix.zeros(g.precision(), w.columns(), w.columns());
        try (var frame = ws.open()) {
            Matrix gw = frame.matrix(g.precision(), w.rows(), w.columns());
            Gemm.SET.multiply(g, w, gw, ws);
            Gemm.SET.multiply(w.t(), gw, before, ws);
        }
        return before;
    }

    /// φ' of all cases is what the activation's backward pass makes of ones.
    private static Matrix throughActivation(Linearization at, int layer, Matrix g) {
        Workspace ws = at.workspace();
        Matrix before = g.copy();
        try (var frame = ws.open()) {
            Matrix ones = frame.matrix(g.precision(), at.cases(), g.rows());
            Matrix slopes = frame.matrix(g.precision(), at.cases(), g.rows());
            Matrix products = frame.matrix(g.precision(), g.rows(), g.rows());
            at.pass(layer).backward(ones.fill(1), slopes, Sink.NONE, ws);
            new Gemm(1.0 / at.cases(), 0).syrk(slopes.t(), products, ws);
            Hadamard.SET.multiply(g, products, before, ws);
        }
        return before;
    }
}
