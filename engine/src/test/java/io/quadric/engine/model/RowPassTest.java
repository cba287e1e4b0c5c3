package io.quadric.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.quadric.engine.table.Table;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Initializer;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowPassTest {
    private static final long BOUND = 2000;
    private static final int ROUNDS = 100;
    private static final Shape IMAGE = new Shape.Image(1, 3, 4);

    private static Network network() {
        Layer wide = new DenseLayer(7, true);
        List<Layer> body = List.of(new Activation(ElementaryFunction.RELU), new DenseLayer(7, false));
        return new Network(IMAGE, List.of(
                new FlattenLayer(), wide, new Activation(ElementaryFunction.TANH),
                new ResidualLayer(List.of(new ResidualLayer(body, List.of()), wide), List.of(wide)),
                new DenseLayer(3, true)));
    }

    private static Matrix rows(Precision precision, int count) {
        Random random = new Random(5);
        return Matrix.of(count, IMAGE.size(), random.doubles((long) count * IMAGE.size()).toArray()).copy(precision);
    }

    /// Up to rounding, row after row.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void predictionsAreThoseOfTheNetwork(Precision precision) {
        Network network = network();
        Parameters parameters = network.initialize(Initializer.glorot(), precision, new Random(3));
        Matrix row = Matrix.zeros(precision, 1, IMAGE.size());
        Matrix mean = Matrix.zeros(precision, 1, 3);
        Matrix expected = Matrix.zeros(precision, 1, 3);
        for (Loss loss : List.of(new SquaredError(), new SoftmaxCrossEntropy(), new SigmoidCrossEntropy())) {
            Model model = new Model(network, loss);
            RowPass pass = RowPass.of(model, parameters, row, mean).orElseThrow();
            Matrix rows = rows(precision, 5);
            try (Workspace ws = Workspace.serial()) {
                for (int i = 0; i < rows.rows(); i++) {
                    row.copyFrom(rows.rows(i, i + 1));
                    pass.run(ws);
                    model.predict(parameters, NormalizationStatistics.OF_BATCH, new Inputs(row), expected, ws);
                    assertArrayEquals(expected.row(0).toArray(), mean.row(0).toArray(), 20 * precision.epsilon());
                }
            }
        }
    }

    @Test
    void otherLayersAreLeftToTheNetwork() {
        Network network = new Network(new Shape.Features(3), List.of(
                new ResidualLayer(List.of(new BatchNormalizationLayer(1e-5)), List.of()), new DenseLayer(2, true)));
        Parameters parameters = Parameters.zeros(network.layout(), Precision.FLOAT64);
        Matrix row = Matrix.zeros(Precision.FLOAT64, 1, 3);
        assertTrue(RowPass.of(new Model(network, new SquaredError()), parameters, row, row.columns(0, 2)).isEmpty());
    }

    /// Into an array that is there, a prediction makes no views of parameters, no passes of layers and no result. What
    /// the compiler does not yet know to be short-lived is counted until it does.
    @Test
    void aPredictionOfARowAllocatesHardlyAnything() {
        double[][] rows = new Random(1).doubles(60).mapToObj(x -> new double[]{x, 5 - x}).toArray(double[][]::new);
        double[] targets = Arrays.stream(rows).mapToDouble(values -> 2 * values[0]).toArray();
        TrainedModel model = Models.quick().fit(Table.of(rows).withTargets(targets));
        double[] row = {0.5, 4};
        double[] out = new double[1];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = BOUND;
        for (int round = 0; round < ROUNDS && bytes >= BOUND; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                model.predict(row, out);
            }
            bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 10_000;
        }
        assertTrue(bytes < BOUND, bytes + " bytes for a row");
    }
}
