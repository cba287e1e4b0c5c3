package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.LinkedList;
import java.util.List;

/// The output factors of KFRA (Botev et al. 2017, §3.5), without a backward pass for each case: G
/// starts as the mean of the loss Hessians, and becomes Wᵀ G W through an affine layer and G ∘ (1/N) Σ φ'φ'ᵀ through an
/// elementwise function.
/// Only the weight propagates, never the bias.
public final class KfraFactors {
    private KfraFactors() {}

    /// {@return G at the output h of every block, in the order of the blocks; without the penalty}
    ///
    /// @param at a chain of affine layers and elementwise functions on plain features
    /// @throws IllegalArgumentException if the network is not such a chain
    public static List<Matrix> outputFactors(Linearization at) {
        requireChain(at.model().network());
        at.requireCurrent();
        LinkedList<Matrix> factors = new LinkedList<>();
        Matrix g = meanHessian(at);
        at.layers().downwards(g, at.noMatrix(), (i, size) -> Matrix.zeros(g.precision(), size, size), (i, in, out) -> {
            if (isAffine(at.model().network().layers().get(i))) {
                factors.addFirst(in);
                throughWeight(weight(at, i), in, out, at.workspace());
            } else {
                throughActivation(at, i, in, out);
            }
        });
        return List.copyOf(factors);
    }

    private static Matrix weight(Linearization at, int layer) {
        AffineBlock block = at.model().network().blocks(layer).getFirst();
        return block.weight().matrixOf(at.parameters().values());
    }

    static boolean isAffine(Layer layer) {
        return layer.form() == Layer.Form.AFFINE;
    }

    /// {@return whether the recursion exists for a network}: it is a chain of affine layers and elementwise functions
    /// on plain features.
    ///
    /// @param network the network
    public static boolean isChain(Network network) {
        return network.input() instanceof Shape.Features
                && network.layers().stream().allMatch(layer -> layer.form() != Layer.Form.GENERAL);
    }

    /// Checks that the recursion exists.
    ///
    /// @param network a chain of affine layers and elementwise functions on plain features
    /// @throws IllegalArgumentException if it is anything else
    public static void requireChain(Network network) {
        for (Layer layer : network.layers()) {
            if (layer.form() == Layer.Form.GENERAL) {
                throw new IllegalArgumentException("KFRA needs dense layers and elementwise activations, got " + layer);
            }
        }
        if (!isChain(network)) {
            throw new IllegalArgumentException("KFRA needs plain features, got " + network.input());
        }
    }

    /// (1/N) Σ Hᵢ, column by column, or its diagonal at once.
    private static Matrix meanHessian(Linearization at) {
        Workspace ws = at.workspace();
        int outputs = at.outputs().columns();
        Matrix mean = Matrix.zeros(at.outputs().precision(), outputs, outputs);
        try (var frame = ws.open()) {
            Matrix unit = at.outputsLike(frame);
            Matrix product = at.outputsLike(frame);
            if (at.batchLoss().isDiagonal()) {
                at.batchLoss().curvatureProduct(unit.fill(1), product, ws);
                Vector diagonal = frame.vector(mean.precision(), outputs);
                Elementwise.sumRows(1.0 / at.cases(), product, 0, diagonal);
                for (int a = 0; a < outputs; a++) {
                    mean.set(a, a, diagonal.get(a));
                }
                return mean;
            }
            for (int a = 0; a < outputs; a++) {
                unit.fill(0);
                unit.columns(a, a + 1).fill(1);
                at.batchLoss().curvatureProduct(unit, product, ws);
                Elementwise.sumRows(1.0 / at.cases(), product, 0, mean.row(a));
            }
        }
        return mean;
    }

    /// before ← Wᵀ G W, unless it is not wanted.
    private static void throughWeight(Matrix w, Matrix g, Matrix before, Workspace ws) {
        if (before.isEmpty()) {
            return;
        }
        try (var frame = ws.open()) {
            Matrix gw = frame.matrix(g.precision(), w.rows(), w.columns());
            Gemm.SET.multiply(g, w, gw, ws);
            Gemm.SET.multiplySymmetric(w.t(), gw, before, ws);
        }
    }

    /// before ← G ∘ (1/N) Σ φ'φ'ᵀ. The layer's backward pass of ones gives φ' of all cases.
    private static void throughActivation(Linearization at, int layer, Matrix g, Matrix before) {
        if (before.isEmpty()) {
            return;
        }
        Workspace ws = at.workspace();
        try (var frame = ws.open()) {
            Matrix ones = frame.matrix(g.precision(), at.cases(), g.rows());
            Matrix slopes = frame.matrix(g.precision(), at.cases(), g.rows());
            Matrix products = frame.matrix(g.precision(), g.rows(), g.rows());
            at.layers().pass(layer).backward(ones.fill(1), slopes, Sink.NONE, ws);
            at.weigh(slopes, 0.5);
            new Gemm(1.0 / at.cases(), 0).syrk(slopes.t(), products, ws);
            Hadamard.SET.multiply(g, products, before, ws);
        }
    }
}
