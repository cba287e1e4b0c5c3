package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LayerCouplingTest {
    private static final Network NETWORK = new Network(new Shape.Features(3), List.of(
            new DenseLayer(4, true), new Activation(ElementaryFunction.TANH),
            new DenseLayer(5, false), new Activation(ElementaryFunction.TANH), new DenseLayer(3, true)));

    private final Workspace ws = Workspace.serial();
    private final RandomGenerator random = RandomData.generator(3);
    private final Parameters theta = NETWORK.initialize(Initializer.glorot(), Precision.FLOAT64, random);

    private Linearization linearization(int cases) {
        Matrix x = gaussian(cases, 3);
        Matrix t = Matrix.zeros(Precision.FLOAT64, cases, 3);
        t.columns(1, 2).fill(1);
        return Linearization.at(new Model(NETWORK, new SoftmaxCrossEntropy()), theta, new Batch(x, t), ws);
    }

    private Matrix gaussian(int rows, int columns) {
        Matrix m = Matrix.zeros(Precision.FLOAT64, rows, columns);
        Sampling.gaussian(0, 1, random, m);
        return m;
    }

    private static int size(AffineBlock block) {
        return block.outputs() * block.augmentedInputs();
    }

    /// The part of block λ in the Gauss-Newton product with a direction in block β, where weight and bias lie together.
    private Vector reference(Linearization at, AffineBlock first, AffineBlock second, Matrix v) {
        Vector flat = Vector.zeros(Precision.FLOAT64, NETWORK.layout().size());
        second.weight().matrixOf(flat).copyFrom(v.columns(0, second.inputs()));
        second.bias().ifPresent(b -> b.of(flat).copyFrom(v.columns(second.inputs(), v.columns()).copy().flat()));
        Vector product = flat.copy();
        at.gaussNewton().apply(flat, product, ws);
        return product.slice(first.weight().offset(), first.weight().offset() + size(first));
    }

    private static double[] weightThenBias(AffineBlock block, Matrix joined) {
        Vector flat = Vector.zeros(Precision.FLOAT64, size(block));
        flat.slice(0, block.weight().size()).asMatrix(block.outputs(), block.inputs())
                .copyFrom(joined.columns(0, block.inputs()));
        block.bias().ifPresent(b -> flat.slice(block.weight().size(), flat.size())
                .copyFrom(joined.columns(block.inputs(), joined.columns()).copy().flat()));
        return flat.toArray();
    }

    /// (17): every block of the Gauss-Newton matrix, on the diagonal and off it.
    @Test
    void blocksOfTheGaussNewtonMatrix() {
        try (var at = linearization(7)) {
            for (AffineBlock first : NETWORK.layout().blocks()) {
                for (AffineBlock second : NETWORK.layout().blocks()) {
                    Matrix v = gaussian(second.outputs(), second.augmentedInputs());
                    Matrix got = LayerCoupling.of(at, first, second).product(v, ws);
                    assertArrayEquals(
                            reference(at, first, second, v).toArray(), weightThenBias(first, got), 1e-12);
                }
            }
        }
    }

    /// For one case the product of the means is the mean of the product: 𝒢 V (āβ āλᵀ).
    @Test
    void oneCaseIsAKroneckerProduct() {
        try (var at = linearization(1)) {
            AffineBlock first = NETWORK.layout().blocks().getFirst();
            AffineBlock second = NETWORK.layout().blocks().getLast();
            Matrix v = gaussian(second.outputs(), second.augmentedInputs());
            LayerCoupling coupling = LayerCoupling.of(at, first, second);
            Matrix half = Matrix.zeros(Precision.FLOAT64, first.outputs(), second.augmentedInputs());
            Matrix whole = Matrix.zeros(Precision.FLOAT64, first.outputs(), first.augmentedInputs());
            Gemm.SET.multiply(coupling.outputFactor(ws), v, half, ws);
            Gemm.SET.multiply(half, coupling.inputFactor(ws).t(), whole, ws);
            assertArrayEquals(
                    coupling.product(v, ws).toDoubleArray(), whole.toDoubleArray(), 1e-13);
        }
    }
}
