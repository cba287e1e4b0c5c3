package io.quadric.engine.model;

import io.quadric.engine.learn.Learner;
import io.quadric.engine.learn.Method;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationRules;
import io.quadric.engine.prepare.TargetKind;
import io.quadric.engine.prepare.Unseen;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Small tables and trained models for tests.
public final class Models {
    private Models() {}

    /// {@return numbers, some missing, a category, some missing, and a target}
    ///
    /// @param seed decides everything
    /// @param rows how many
    /// @param classes whether the target is one of three classes
    public static Table table(long seed, int rows, boolean classes) {
        Random random = new Random(seed);
        double[][] numbers = IntStream.range(0, rows)
                .mapToObj(i -> new double[]{
                    50 + 10 * random.nextGaussian(), random.nextInt(6) == 0 ? Double.NaN : 1e6 * random.nextDouble()})
                .toArray(double[][]::new);
        List<String> towns = IntStream.range(0, rows)
                .mapToObj(i -> List.of("Rome", "Oslo", "", "Zürich").get(random.nextInt(4)))
                .toList();
        Table table = Table.of(numbers).with("town", ColumnRole.FEATURE, CategoricalColumn.of(towns));
        double[] targets = IntStream.range(0, rows)
                .mapToDouble(i -> 100 + 3 * numbers[i][0] + 7 * towns.get(i).length() + random.nextGaussian())
                .toArray();
        return classes
                ? table.with("kind", ColumnRole.TARGET, CategoricalColumn.of(IntStream.range(0, rows)
                        .mapToObj(i -> targets[i] < 260 ? "low" : targets[i] < 290 ? "middle" : "high")
                        .toList()))
                : table.with("price", ColumnRole.TARGET, NumericColumn.of(targets));
    }

    /// {@return a model with normalising layers, some of them in a residual block, and random parameters}
    ///
    /// @param table what its preparation and statistics are of
    /// @param precision of the parameters
    public static TrainedModel of(Table table, Precision precision) {
        return of(table, precision, PreparationRules.defaults().withUnseen(Unseen.OWN_COLUMN));
    }

    /// {@return a model as [#of(Table, Precision)]}
    ///
    /// @param table what its preparation and statistics are of
    /// @param precision of the parameters
    /// @param rules of the preparation
    public static TrainedModel of(Table table, Precision precision, PreparationRules rules) {
        Preparation preparation = Preparation.fit(table, rules, TargetKind.INFERRED);
        int outputs = preparation.target().width();
        List<Layer> body = List.of(
                new DenseLayer(5, true), new BatchNormalizationLayer(1e-3), new Activation(ElementaryFunction.TANH));
        Network network = new Network(new Shape.Features(preparation.features().width()), List.of(
                new DenseLayer(5, true),
                new BatchNormalizationLayer(1e-5),
                new ResidualLayer(body, List.of()),
                new DenseLayer(outputs, true)));
        Model model = new Model(network, outputs == 3 ? new SoftmaxCrossEntropy() : new SquaredError(), 0.01);
        Parameters parameters = network.initialize(Initializer.glorot(), precision, new Random(4));
        Provenance provenance = new Provenance(
                "kfac", Map.of("damping", "0.1"), 7, "a table", "00ff", Map.of("trainLoss", 0.25), "1", Instant.EPOCH);
        try (Workspace ws = Workspace.serial()) {
            NormalizationStatistics statistics = NormalizationStatistics.over(
                    model, parameters, List.of(batch(preparation, table, precision)), ws);
            return new TrainedModel(model, preparation, parameters, statistics, provenance);
        }
    }

    private static Batch batch(Preparation preparation, Table table, Precision precision) {
        return new Batch(
                preparation.inputs(table, precision, 1).rows(), preparation.target().encode(table, precision));
    }

    /// {@return a learner that needs little time}
    public static Learner quick() {
        return Learner.defaults()
                .withMethod(Method.of("sgd").with("learningRate", "0.01"))
                .withStop(StopRule.defaults().withEpochs(3))
                .withThreads(1);
    }

    /// {@return a column of predictions}
    ///
    /// @param predictions of a model
    /// @param j which one
    public static double[] column(Matrix predictions, int j) {
        return predictions.columns(j, j + 1).copy().flat().toArray();
    }
}
