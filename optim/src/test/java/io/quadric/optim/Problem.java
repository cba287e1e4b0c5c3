package io.quadric.optim;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A small problem with random data, and a run on it.
public final class Problem implements AutoCloseable {
    public static final int CASES = 40;

    public final Model model;
    public final Parameters parameters;
    public final Batch batch;
    public final Workspace ws;

    private Problem(Model model, Parameters parameters, Batch batch, Workspace ws) {
        this.model = model;
        this.parameters = parameters;
        this.batch = batch;
        this.ws = ws;
    }

    private Problem(Model model, Precision precision, int threads) {
        this.model = model;
        RandomGenerator random = random(5);
        parameters = model.network().initialize(Initializer.glorot(), precision, random);
        Matrix inputs = Matrix.zeros(precision, CASES, model.network().input().size());
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(precision, CASES, model.targets().size());
        Sampling.bernoulli(targets.copy().fill(0.5), random, targets);
        batch = new Batch(inputs, targets);
        ws = Workspace.withThreads(threads);
    }

    public static Problem curved(Precision precision, int threads) {
        return of(List.of(tanh(6), tanh(5)), new SigmoidCrossEntropy(), precision, threads);
    }

    /// A hidden layer with more weights than a small allocation holds.
    public static Problem wide(Precision precision, int threads) {
        return of(List.of(tanh(200), tanh(100)), new SigmoidCrossEntropy(), precision, threads);
    }

    /// One dense layer with squared error: the objective is a quadratic.
    public static Problem quadratic() {
        return of(List.of(), new SquaredError(), Precision.FLOAT64, 1);
    }

    /// A convolution with overlapping windows before the dense layers.
    public static Problem convolutional() {
        List<Layer> layers = List.of(
                new ConvolutionLayer(3, new Window(3, 2, 1, 1, 1, 0), true),
                new Activation(ElementaryFunction.TANH),
                new FlattenLayer(),
                new DenseLayer(3, true));
        return of(new Shape.Image(2, 4, 3), layers, new SigmoidCrossEntropy());
    }

    /// A recurrent layer of which the last state is classified.
    public static Problem recurrent() {
        List<Layer> layers = List.of(
                new RecurrentLayer(5, ElementaryFunction.TANH, SequenceOutput.LAST), new DenseLayer(3, true));
        return of(new Shape.Sequence(4, 3), layers, new SigmoidCrossEntropy());
    }

    /// Features normalised by the batch.
    public static Problem normalised() {
        List<Layer> layers = List.of(
                new DenseLayer(4, true), new BatchNormalizationLayer(1e-5), new DenseLayer(3, true));
        return of(new Shape.Features(4), layers, new SigmoidCrossEntropy());
    }

    /// Convolutions, one with a normalisation right above it, one with the activation between.
    public static Problem normalisedConvolutional() {
        List<Layer> layers = List.of(
                new ConvolutionLayer(3, new Window(3, 3, 1, 1, 1, 1), false),
                new BatchNormalizationLayer(1e-5),
                new Activation(ElementaryFunction.TANH),
                new ConvolutionLayer(4, new Window(2, 2, 1, 1, 0, 0), true),
                new Activation(ElementaryFunction.TANH),
                new BatchNormalizationLayer(1e-5),
                new FlattenLayer(),
                new DenseLayer(3, true));
        return of(new Shape.Image(2, 4, 3), layers, new SigmoidCrossEntropy());
    }

    private static Problem of(Shape input, List<Layer> layers, Loss loss) {
        return new Problem(new Model(new Network(input, layers), loss, 0.001), Precision.FLOAT64, 1);
    }

    private static Problem of(List<List<Layer>> hidden, Loss loss, Precision precision, int threads) {
        List<Layer> layers = new ArrayList<>();
        hidden.forEach(layers::addAll);
        layers.add(new DenseLayer(3, true));
        return new Problem(new Model(new Network(new Shape.Features(4), layers), loss, 0.001), precision, threads);
    }

    private static List<Layer> tanh(int units) {
        return List.of(new DenseLayer(units, true), new Activation(ElementaryFunction.TANH));
    }

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// The same problem with fewer cases.
    public Problem firstCases(int cases) {
        return cases(0, cases);
    }

    public Problem cases(int from, int to) {
        return new Problem(
                model, parameters, new Batch(batch.inputs().rows(from, to), batch.targets().rows(from, to)), ws);
    }

    /// The given operator as a matrix, column by column.
    public static Matrix dense(SelfAdjointOperator operator, Workspace ws) {
        int n = operator.size();
        Matrix dense = Matrix.identity(operator.precision(), n);
        for (int i = 0; i < n; i++) {
            operator.apply(dense.row(i).copy(), dense.row(i), ws);
        }
        return dense;
    }

    public Run start(Optimizer optimizer) {
        return optimizer.start(new Start(model, parameters, List.of(batch), 7, ws));
    }

    /// A run that goes on from the state.
    public Run restored(Optimizer optimizer, State state) {
        Run run = start(optimizer);
        run.restore(state);
        return run;
    }

    public StepReport step(Run run) {
        return run.step(new StepData(batch));
    }

    public double loss() {
        try (var at = linearization()) {
            return at.loss();
        }
    }

    public Linearization linearization() {
        return Linearization.at(model, parameters, batch, ws);
    }

    public Vector gradient() {
        try (var at = linearization()) {
            Vector g = parameters.values().copy();
            at.gradient(g);
            return g;
        }
    }

    /// The batch with one input that is not a number.
    public Batch spoiled() {
        Matrix inputs = batch.inputs().copy();
        inputs.set(1, 1, Double.NaN);
        return new Batch(inputs, batch.targets());
    }

    @Override
    public void close() {
        ws.close();
    }
}
