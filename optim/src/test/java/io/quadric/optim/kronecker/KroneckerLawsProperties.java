package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.Problem;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// Where Kronecker factors are exact, for random chains of dense layers.
class KroneckerLawsProperties {
    private static final Workspace WS = Workspace.serial();
    private static final List<Loss> LOSSES = List.of(
            new SquaredError(), new SigmoidCrossEntropy(), new SoftmaxCrossEntropy());
    private static final List<ElementaryFunction> FUNCTIONS = List.of(
            ElementaryFunction.TANH, ElementaryFunction.LOGISTIC, ElementaryFunction.SOFTPLUS);

    /// A chain with so many hidden layers, at random parameters on random data.
    private static Linearization chain(int hidden, int cases, Loss loss, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < hidden; i++) {
            layers.add(new DenseLayer(random.nextInt(1, 6), random.nextBoolean()));
            layers.add(new Activation(FUNCTIONS.get(random.nextInt(FUNCTIONS.size()))));
        }
        layers.add(new DenseLayer(random.nextInt(1, 5), random.nextBoolean()));
        Model model = new Model(new Network(new Shape.Features(random.nextInt(1, 6)), layers), loss);
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, cases, model.network().input().size());
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, cases, model.targets().size());
        targets.columns(0, 1).fill(1);
        var parameters = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
        return Linearization.at(model, parameters, new Batch(inputs, targets), WS);
    }

    private static KroneckerFactors factors(Linearization at, FactorSource source) {
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), Precision.FLOAT64);
        factors.observe(new Observation(0, 1), at, source, Problem.random(1));
        return factors;
    }

    /// KFRA = KFLR for one case: the recursion of means is then the back-propagation itself (Botev et al. 2017, §3.2).
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void recursiveFactorsOfOneCaseAreExact(@ForAll long seed, @ForAll @IntRange(max = 3) int hidden) {
        RandomGenerator random = Problem.random(seed);
        try (Linearization at = chain(hidden, 1, LOSSES.get(random.nextInt(LOSSES.size())), random)) {
            KroneckerFactors recursive = factors(at, FactorSource.Recursion.RECURSIVE);
            KroneckerFactors exact = factors(at, GradientSource.EXACT);
            for (int i = 0; i < exact.count(); i++) {
                Matrix difference = recursive.output(i).copy().axpby(-1, exact.output(i), 1);
                assertEquals(0, difference.maxAbs(), 1e-12 * (1e-3 + exact.output(i).maxAbs()));
                assertEquals(0, recursive.input(i).copy().axpby(-1, exact.input(i), 1).maxAbs(), 1e-12);
            }
        }
    }

    /// A ⊗ G = GGN for one layer with a loss of constant curvature, and for one case with any loss.
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void exactFactorsOfOneLayerAreTheGaussNewtonMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
        RandomGenerator random = Problem.random(seed);
        Loss loss = n == 1 ? LOSSES.get(random.nextInt(LOSSES.size())) : new SquaredError();
        try (Linearization at = chain(0, n, loss, random)) {
            KroneckerFactors factors = factors(at, GradientSource.EXACT);
            AffineBlock block = at.parameters().layout().blocks().getFirst();
            Matrix expected = Problem.dense(at.gaussNewton(), WS);
            for (int p = 0; p < expected.rows(); p++) {
                for (int q = 0; q < expected.rows(); q++) {
                    double a = factors.input(0).get(column(block, p), column(block, q));
                    double g = factors.output(0).get(row(block, p), row(block, q));
                    assertEquals(expected.get(p, q), a * g, 1e-12 * (1 + expected.maxAbs()));
                }
            }
        }
    }

    /// Where element p of the flat vector stands in [W b]: the weight row by row, then the bias.
    private static int row(AffineBlock block, int p) {
        int weights = block.inputs() * block.outputs();
        return p < weights ? p / block.inputs() : p - weights;
    }

    private static int column(AffineBlock block, int p) {
        return p < block.inputs() * block.outputs() ? p % block.inputs() : block.inputs();
    }
}
