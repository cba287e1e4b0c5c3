package io.quadric.spark.ml;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import io.quadric.spark.CaseReader;
import io.quadric.spark.SparkChunks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/// Trains a network on the rows of a frame.
///
/// @param training the parameters
/// @param loss of the network
/// @param outputs of the network
record Fitting(NetworkTraining<?> training, Loss loss, int outputs) {
    /// After so many rejected steps in a row a fit ends.
    private static final int PATIENCE = 20;

    /// {@return the network with its parameters}
    ///
    /// @param rows with the columns of the reader
    /// @param columns features and label
    /// @throws IllegalArgumentException if a parameter or a row is refused
    /// @throws IllegalStateException if the objective is not finite
    Scores fit(Dataset<Row> rows, CaseReader columns) {
        Recipe recipe = Optimizers.named(value(training.optimizer()));
        Optimizer optimizer = recipe.with(hyperParameters());
        CaseReader reader = columns.withShuffle(seed()).withPrecision(precision());
        CaseReader weighted = training.isDefined(training.weightCol())
                ? reader.withWeight(value(training.weightCol()))
                : reader;
        int width = CaseReader.width(rows, columns.features());
        Network network = new Network(new Shape.Features(width), layers());
        Model model = new Model(network, loss, (double) value(training.l2()));
        ChunkNormalization.REFUSED.require(model);
        optimizer.requireDivisible(model);
        try (SparkChunks chunks = weighted.read(rows, (int) value(training.chunkSize()), perPartition(rows));
                Workspace ws = Workspace.withThreads(Runtime.getRuntime().availableProcessors())) {
            Parameters theta = network.initialize(Initializer.glorot(), precision(), random(0));
            ChunkBatches batches = new ChunkBatches(chunks, perBatch(chunks), recipe.batches(), optimizer.batches());
            Run run = optimizer.start(new Start(model, theta, batches.gradients(), seed(), ws));
            train(run, batches);
            return new Scores(network, run.average().orElse(theta.values()));
        }
    }

    private void train(Run run, ChunkBatches batches) {
        int rejections = 0;
        for (int pass = 1; pass <= (int) value(training.maxIter()); pass++) {
            for (int batch : batches.order(random(pass))) {
                run.prepare();
                StepReport report = run.step(batches.step(batch));
                if (!Double.isFinite(report.loss())) {
                    throw new IllegalStateException("the objective is " + report.loss() + " in step " + report.step()
                            + " of " + value(training.optimizer()));
                }
                rejections = report.moved() ? 0 : rejections + 1;
                if (rejections == PATIENCE) {
                    return;
                }
            }
        }
    }

    /// So few that a batch has a partition for every core.
    private int perPartition(Dataset<Row> rows) {
        int size = (int) value(training.batchSize());
        int perBatch = size / (int) value(training.chunkSize());
        return size == 0 ? 0 : Math.max(1, perBatch / rows.sparkSession().sparkContext().defaultParallelism());
    }

    private int perBatch(SparkChunks chunks) {
        int size = (int) value(training.batchSize());
        return size == 0 ? chunks.count() : Math.max(1, size / (int) value(training.chunkSize()));
    }

    private RandomGenerator random(long use) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed() + 0x9E3779B97F4A7C15L * use);
    }

    private long seed() {
        return (long) value(training.seed());
    }

    private Precision precision() {
        return NetworkParams.constant(Precision.class, value(training.precision()));
    }

    private <T> T value(Param<T> param) {
        return training.getOrDefault(param);
    }

    private Map<String, String> hyperParameters() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String value : value(training.hyperParameters())) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("hyper-parameter '" + value + "', expected name=value");
            }
            values.put(value.substring(0, equals), value.substring(equals + 1));
        }
        return values;
    }

    private List<Layer> layers() {
        if (training.isDefined(training.layers())) {
            return value(training.layers());
        }
        ElementaryFunction function = NetworkParams.constant(ElementaryFunction.class, value(training.activation()));
        List<Layer> layers = new ArrayList<>();
        for (int units : value(training.hiddenUnits())) {
            layers.add(new DenseLayer(units, true));
            layers.add(new Activation(function));
        }
        layers.add(new DenseLayer(outputs, true));
        return layers;
    }
}
