package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fewer passes must give the products that one for each column of the root gives.
class HessianRootsTest {
    private static final int CASES = 7;
    private static final int OUTPUTS = 40;

    /// A network of 40 outputs, and the reports that its blocks should need.
    private enum Subject {
        NARROW_CODE(new SigmoidCrossEntropy(), List.of(5, 5, 40, 40),
                List.of(tanh(12), dense(5), tanh(20), dense(OUTPUTS))),
        NARROWEST_OF_TWO(new SquaredError(), List.of(3, 40, 40, 40),
                List.of(tanh(3), tanh(5), tanh(20), dense(OUTPUTS))),
        LAST_OF_EQUAL_ONES(new SoftmaxCrossEntropy(), List.of(4, 4, 40),
                List.of(tanh(4), tanh(4), dense(OUTPUTS))),
        DEAD_UNITS(new SquaredError(), List.of(6, 6, 40),
                List.of(dense(6), relu(), dense(6), relu(), dense(OUTPUTS))),
        TOO_WIDE(new SquaredError(), List.of(40, 40), List.of(tanh(13), dense(OUTPUTS))),
        COUPLED(new SquaredError(), List.of(40, 40),
                List.of(dense(4), List.of(new BatchNormalizationLayer(1e-5)), dense(OUTPUTS)));

        private final Model model;
        private final List<Integer> reports;

        Subject(Loss loss, List<Integer> reports, List<List<Layer>> layers) {
            this.reports = reports;
            List<Layer> all = new ArrayList<>();
            layers.forEach(all::addAll);
            model = new Model(new Network(new Shape.Features(9), all), loss);
        }

        private static List<Layer> dense(int units) {
            return List.of(new DenseLayer(units, true));
        }

        private static List<Layer> relu() {
            return List.of(new Activation(ElementaryFunction.RELU));
        }

        private static List<Layer> tanh(int units) {
            return List.of(new DenseLayer(units, true), new Activation(ElementaryFunction.TANH));
        }
    }

    /// Sums of ggᵀ for every case and block, and how many reports there were.
    private static final class Products implements Sink {
        private final List<List<Matrix>> sums = new ArrayList<>();
        private final List<Integer> reports = new ArrayList<>();

        Products(Network network) {
            for (AffineBlock block : network.layout().blocks()) {
                List<Matrix> cases = new ArrayList<>();
                for (int i = 0; i < CASES; i++) {
                    cases.add(Matrix.zeros(Precision.FLOAT64, block.outputs(), block.outputs()));
                }
                sums.add(cases);
                reports.add(0);
            }
        }

        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            reports.set(block.index(), reports.get(block.index()) + 1);
            for (int i = 0; i < CASES; i++) {
                Matrix g = rows.gradients().rows(i, i + 1);
                Gemm.ADD.multiply(g.t(), g, sums.get(block.index()).get(i), ws);
            }
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            // not of a block
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsReportsHaveTheProductsOfAllColumns(Subject subject) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        Model model = subject.model;
        Parameters parameters = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters, batch(random), ws);
                var frame = ws.open()) {
            Products expected = new Products(model.network());
            Matrix s = at.outputsLike(frame);
            for (int c = 0; c < at.rootColumns(); c++) {
                at.hessianRoot(c, s);
                at.backward(s, expected);
            }
            Products actual = new Products(model.network());
            at.backwardHessianRoots(k -> actual);
            assertEquals(subject.reports, actual.reports);
            for (int b = 0; b < expected.sums.size(); b++) {
                for (int i = 0; i < CASES; i++) {
                    Vector wanted = expected.sums.get(b).get(i).flat();
                    double error = actual.sums.get(b).get(i).copy().flat().axpy(-1, wanted).norm();
                    assertTrue(error <= 1e-13 * (1 + wanted.norm()), "block " + b + ", case " + i + ": " + error);
                }
            }
        }
    }

    private static Batch batch(RandomGenerator random) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, CASES, 9);
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, CASES, OUTPUTS);
        for (int i = 0; i < CASES; i++) {
            targets.set(i, random.nextInt(OUTPUTS), 1);
        }
        return new Batch(inputs, targets, Lengths.FULL, Weights.of(1, 2, 3, 4, 5, 6, 7));
    }

    /// The order of the sinks: the first report of every block goes to the first one.
    @ParameterizedTest
    @EnumSource
    void theFirstReportOfEveryBlockGoesToTheFirstSink(Subject subject) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        Parameters parameters = subject.model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(subject.model, parameters, batch(random), ws)) {
            Products first = new Products(subject.model.network());
            at.backwardHessianRoots(k -> k == 0 ? first : Sink.NONE);
            assertTrue(first.reports.stream().allMatch(n -> n == 1), first.reports.toString());
        }
    }
}
