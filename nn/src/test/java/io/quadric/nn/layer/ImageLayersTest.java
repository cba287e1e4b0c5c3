package io.quadric.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ImageLayersTest {
    private static final Shape IMAGE = new Shape.Image(2, 8, 8);

    private static Model model() {
        Layer wide = new ConvolutionLayer(6, new Window(3, 3, 1, 1), false);
        Layer norm = new BatchNormalizationLayer(1e-3);
        Layer tanh = new Activation(ElementaryFunction.TANH);
        List<Layer> shortcut = List.of(new AveragePoolingLayer(new Window(1, 1, 2, 0)), new PadChannelsLayer(6));
        List<Layer> body = List.of(new ConvolutionLayer(6, new Window(3, 3, 2, 1), true), norm, tanh, wide);
        List<Layer> layers = List.of(
                new ConvolutionLayer(4, new Window(3, 3, 1, 1), true),
                norm,
                new ResidualLayer(body, shortcut),
                new ResidualLayer(List.of(wide, norm), List.of()),
                new MaxPoolingLayer(new Window(2, 2, 2, 0)),
                new FlattenLayer(),
                new DenseLayer(3, true));
        return new Model(new Network(IMAGE, layers), new SoftmaxCrossEntropy());
    }

    private static Parameters parameters(Model model, Precision precision) {
        return model.network().initialize(Initializer.glorot(), precision, new Random(1));
    }

    private static Batch batch(int cases, Precision precision, long seed) {
        Matrix x = Matrix.zeros(precision, cases, IMAGE.size());
        Sampling.gaussian(0.5, 1, new Random(seed), x);
        Matrix t = Matrix.zeros(precision, cases, 3);
        t.columns(1, 2).fill(1);
        return new Batch(x, t);
    }

    private static double[] products(int threads) {
        Model model = model();
        Parameters parameters = parameters(model, Precision.FLOAT32);
        Vector g = Vector.zeros(Precision.FLOAT32, parameters.values().size());
        Vector hg = g.copy();
        try (Workspace ws = Workspace.withThreads(threads);
                var at = Linearization.at(model, parameters, batch(300, Precision.FLOAT32, 2), ws);
                var frame = ws.open()) {
            at.gradient(g);
            at.hessian(frame).apply(g, hg, ws);
        }
        return hg.toArray();
    }

    @Test
    void theBitsDoNotDependOnTheThreads() {
        assertArrayEquals(products(1), products(2));
    }

    private static void withModel(BiConsumer<Model, Workspace> test) {
        try (Workspace ws = Workspace.serial()) {
            test.accept(model(), ws);
        }
    }

    /// Under the batch's own statistics, given as numbers, nothing moves.
    @Test
    void statisticsOfOneBatchAreItsOwn() {
        withModel((model, ws) -> {
            Parameters parameters = parameters(model, Precision.FLOAT64);
            Batch batch = batch(7, Precision.FLOAT64, 3);
            NormalizationStatistics statistics = NormalizationStatistics.over(model, parameters, List.of(batch), ws);
            try (var training = Linearization.at(model, parameters, batch, ws);
                    var evaluation = Linearization.at(model, parameters, statistics, batch, ws)) {
                assertTrue(training.couplesCases());
                assertFalse(evaluation.couplesCases());
                double[] expected = training.outputs().flat().toArray();
                assertArrayEquals(expected, evaluation.outputs().flat().toArray(), 1e-12);
            }
        });
    }

    @Test
    void underGivenStatisticsEveryCaseIsAlone() {
        withModel((model, ws) -> {
            Parameters parameters = parameters(model, Precision.FLOAT64);
            Batch batch = batch(5, Precision.FLOAT64, 4);
            List<Batch> others = List.of(batch(6, Precision.FLOAT64, 5), batch(9, Precision.FLOAT64, 6));
            NormalizationStatistics statistics = NormalizationStatistics.over(model, parameters, others, ws);
            Batch one = new Batch(batch.inputs().rows(3, 4), batch.targets().rows(3, 4));
            try (var together = Linearization.at(model, parameters, statistics, batch, ws);
                    var alone = Linearization.at(model, parameters, statistics, one, ws)) {
                double[] expected = together.outputs().row(3).toArray();
                assertArrayEquals(expected, alone.outputs().row(0).toArray(), 1e-13);
            }
        });
    }

    /// ∇f by differences of the loss: the derivatives under given statistics treat them as constants.
    @Test
    void givenStatisticsAreConstants() {
        withModel((model, ws) -> {
            Parameters parameters = parameters(model, Precision.FLOAT64);
            Batch batch = batch(4, Precision.FLOAT64, 7);
            NormalizationStatistics statistics = NormalizationStatistics.over(model, parameters, List.of(batch), ws);
            Vector g = Vector.zeros(Precision.FLOAT64, parameters.values().size());
            try (var at = Linearization.at(model, parameters, statistics, batch, ws)) {
                at.gradient(g);
            }
            double h = 1e-5 / g.norm();
            double[] losses = new double[2];
            for (int i = 0; i < 2; i++) {
                double step = i == 0 ? h : -h;
                Parameters moved = parameters.copy(Precision.FLOAT64);
                moved.update(theta -> theta.axpy(step, g));
                try (var at = Linearization.at(model, moved, statistics, batch, ws)) {
                    losses[i] = at.loss();
                }
            }
            assertEquals(g.dot(g), (losses[0] - losses[1]) / (2 * h), 1e-6 * g.dot(g));
        });
    }

    /// Time steps are rows as cases are: 7 sequences of 4 steps of 3 features go the way of 28 cases.
    @Test
    void timeStepsAreNormalisedAsCasesAre() {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 28, 3);
        Sampling.gaussian(0.5, 1, new Random(3), x);
        assertArrayEquals(
                normalised(new Shape.Features(3), x), normalised(new Shape.Sequence(4, 3), x.reshape(7, 12)));
    }

    private static double[] normalised(Shape shape, Matrix x) {
        Model model = new Model(
                new Network(shape, List.of(new BatchNormalizationLayer(0.01))), new SquaredError());
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters(model, Precision.FLOAT64), new Batch(x, x), ws)) {
            return at.outputs().reshape(1, x.rows() * x.columns()).row(0).toArray();
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithBothSides() {
        withModel((model, ws) -> {
            Model other = new Model(
                    new Network(new Shape.Features(3),
                            List.of(new BatchNormalizationLayer(1), new DenseLayer(2, true))),
                    new SquaredError());
            Matrix x = Matrix.zeros(Precision.FLOAT64, 2, 3);
            Batch batch = new Batch(x, Matrix.zeros(Precision.FLOAT64, 2, 2));
            Parameters parameters = Parameters.zeros(other.network().layout(), Precision.FLOAT64);
            NormalizationStatistics statistics = NormalizationStatistics.over(other, parameters, List.of(batch), ws);
            var e = assertThrows(IllegalArgumentException.class, () -> Linearization.at(
                    model, parameters(model, Precision.FLOAT64), statistics, batch(2, Precision.FLOAT64, 1), ws));
            assertEquals("the network has 32 statistics, these are 6", e.getMessage());
        });
        assertRefused(new ConvolutionLayer(1, new Window(9, 9, 1, 0), true), "does not fit into 8 padded pixels");
        assertRefused(new PadChannelsLayer(1), "at most as many, got image [2, 8, 8]");
        Layer convolution = new ConvolutionLayer(1, new Window(1, 1, 1, 0), true);
        assertThrows(IllegalArgumentException.class, () -> convolution.output(new Shape.Features(4)));
        assertThrows(IllegalArgumentException.class, () -> new ConvolutionLayer(0, new Window(1, 1, 1, 0), true));
        assertThrows(IllegalArgumentException.class, () -> new Window(3, 3, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new BatchNormalizationLayer(0));
    }

    private static void assertRefused(Layer layer, String complaint) {
        var e = assertThrows(IllegalArgumentException.class, () -> new Network(IMAGE, List.of(layer)));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }
}
