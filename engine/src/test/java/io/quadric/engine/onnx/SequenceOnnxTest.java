package io.quadric.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.quadric.engine.InputException;
import io.quadric.engine.learn.Learner;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Initializer;
import io.quadric.nn.Inputs;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.verify.RandomNetworks;
import io.quadric.verify.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Sequences of different lengths, executed by onnxruntime.
class SequenceOnnxTest {
    private static final int NETWORKS = 60;

    private static void assertClose(String name, Matrix ours, float[] theirs) {
        Matrix difference = ours.copy().axpby(-1, Matrix.of(ours.rows(), ours.columns(), theirs), 1);
        assertTrue(difference.maxAbs() <= 1e-5 * Math.max(1, ours.maxAbs()),
                () -> name + ": " + difference.maxAbs() + " of " + ours.maxAbs());
    }

    private static long[] lengths(Inputs inputs, int steps) {
        return IntStream.range(0, inputs.rows().rows()).mapToLong(i -> inputs.lengths().at(i, steps)).toArray();
    }

    /// Compares a network at inputs whose padding holds numbers that must not matter.
    private static void compare(
            String name, Network network, Parameters parameters, NormalizationStatistics statistics, Inputs inputs)
            throws OrtException {
        Shape.Sequence shape = (Shape.Sequence) network.input();
        Matrix outputs = Matrix.zeros(Precision.FLOAT32, inputs.rows().rows(), network.output().size());
        try (Workspace ws = Workspace.serial()) {
            network.apply(parameters, statistics, inputs, outputs, ws);
        }
        byte[] model = OnnxFile.sequenceBytes(network, parameters, statistics);
        try (OnnxRuntime runtime = new OnnxRuntime(model)) {
            assertClose(name, outputs, runtime
                    .with("features", inputs.rows().copy().floats(), outputs.rows(), shape.length(), shape.features())
                    .with("lengths", lengths(inputs, shape.length()))
                    .floats("outputs"));
        }
    }

    @Test
    void randomNetworksGiveTheSameOutputs() throws OrtException {
        List<Subject> subjects = LongStream.iterate(1, seed -> seed + 1)
                .mapToObj(RandomNetworks::of)
                .filter(subject -> !subject.batch().lengths().areFull())
                .filter(subject -> subject.model().network().layers().stream()
                        .allMatch(layer -> layer.getClass().getPackageName().startsWith("io.quadric.nn")
                                && layer.paths().stream().flatMap(List::stream)
                                        .allMatch(l -> l.getClass().getPackageName().startsWith("io.quadric.nn"))))
                .limit(NETWORKS)
                .map(subject -> subject.in(Precision.FLOAT32))
                .toList();
        for (Subject subject : subjects) {
            try (Workspace ws = Workspace.serial()) {
                NormalizationStatistics statistics = NormalizationStatistics.over(
                        subject.model(), subject.parameters(), List.of(subject.batch()), ws);
                compare(subject.name(), subject.model().network(), subject.parameters(), statistics,
                        new Inputs(subject.batch().inputs(), subject.batch().lengths()));
            }
        }
    }

    /// One vector of all time steps: padding that a layer has changed is cleared before.
    @Test
    void paddingIsClearedBeforeItIsFlattened() throws OrtException {
        List<Layer> layers = List.of(new DenseLayer(3, true), new FlattenLayer(), new DenseLayer(2, true));
        Network network = new Network(new Shape.Sequence(4, 2), layers);
        Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT32, new Random(1));
        parameters.update(theta -> theta.axpby(1, theta.copy().fill(0.3), 1));
        Matrix x = Matrix.zeros(Precision.FLOAT32, 3, 8);
        x.fill(0.7);
        compare("flatten", network, parameters, NormalizationStatistics.OF_BATCH,
                new Inputs(x, Lengths.of(2, 4, 1)));
    }

    /// Numbers, one missing now and then, and a text for every row.
    private static Table table(long seed, int sequences, int longest) {
        Random random = new Random(seed);
        List<double[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> towns = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int k = 0; k < sequences; k++) {
            int length = 1 + random.nextInt(longest);
            double sum = 0;
            for (int t = 0; t < length; t++) {
                double value = random.nextGaussian();
                sum += value;
                rows.add(new double[]{value, random.nextInt(5) == 0 ? Double.NaN : 1000 + random.nextGaussian()});
                towns.add(List.of("Rome", "Oslo", "", "Zürich").get(random.nextInt(4)));
                names.add("s" + k);
                labels.add(sum > 0 ? "up" : "down");
            }
        }
        return Table.of(rows.toArray(double[][]::new))
                .with("town", ColumnRole.FEATURE, CategoricalColumn.of(towns))
                .with("series", ColumnRole.SEQUENCE, CategoricalColumn.of(names))
                .with("trend", ColumnRole.TARGET, CategoricalColumn.of(labels));
    }

    private static OnnxRuntime runtime(TrainedModel model, Table table, int steps) throws OrtException {
        SequenceRows sequences = SequenceRows.of(table, "series");
        double[] numbers = new double[sequences.count() * steps * 2];
        String[] towns = new String[sequences.count() * steps];
        long[] lengths = new long[sequences.count()];
        Arrays.fill(numbers, -1e6);
        Arrays.fill(towns, "nowhere");
        for (int k = 0; k < lengths.length; k++) {
            lengths[k] = sequences.length(k);
            for (int t = 0; t < lengths[k]; t++) {
                int row = sequences.start(k) + t;
                numbers[2 * (k * steps + t)] = table.numeric("x1").get(row);
                numbers[2 * (k * steps + t) + 1] = table.numeric("x2").get(row);
                towns[k * steps + t] = table.column("town").text(row);
            }
        }
        return new OnnxRuntime(OnnxFile.bytes(model)).with("numbers", numbers, lengths.length, steps, 2)
                .with("town", towns, lengths.length, steps).with("lengths", lengths);
    }

    /// Also sequences longer than those of the training.
    @Test
    void trainedModelsTakeTheRowsOfSequences() throws OrtException {
        Table train = table(1, 60, 5);
        Learner learner = Learner.defaults().withStop(StopRule.defaults().withEpochs(3));
        for (NetworkPlan plan : List.of(NetworkPlan.sized(), recurrent())) {
            TrainedModel model = learner.withNetwork(plan).fit(train);
            Table test = table(2, 30, 8);
            try (OnnxRuntime runtime = runtime(model, test, 8)) {
                assertClose("trained", model.predict(test), runtime.floats("probabilities"));
                assertArrayEquals(model.predictClasses(test).toArray(), runtime.texts("label"));
            }
        }
    }

    private static NetworkPlan recurrent() {
        return (input, outputs, cases) -> new Network(input, List.of(
                new GruLayer(4, SequenceOutput.ALL, StateMemory.ALL_STEPS), new BatchNormalizationLayer(1e-5),
                new LstmLayer(3, SequenceOutput.LAST), new DenseLayer(outputs, true)));
    }

    @Test
    void whatIsNoSequenceIsNamed() {
        Network network = new Network(new Shape.Features(2), List.of(new DenseLayer(1, true)));
        Parameters parameters = Parameters.zeros(network.layout(), Precision.FLOAT32);
        assertEquals("a network from " + network.input() + ", expected one from sequences",
                assertThrows(InputException.class, () -> OnnxFile.sequenceBytes(
                        network, parameters, NormalizationStatistics.OF_BATCH)).getMessage());
    }
}
