package io.quadric.spark.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Task;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.spark.TestSession;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A classifier as Spark ML has them: on digits, alone and in pipelines.
class NetworkClassifierTest {
    @TempDir
    private Path temp;

    /// Some of the digits, the first ones to train on.
    private static Dataset<Row> digits(int from, int to) {
        Batch all = DataSource.named("digits").opened().load(new Task.Classification(10), Precision.FLOAT64)
                .train().batch();
        List<Row> rows = IntStream.range(from, to).mapToObj(i -> {
            double[] t = all.targets().rows(i, i + 1).copy().flat().toArray();
            double label = IntStream.range(0, t.length).filter(c -> t[c] == 1).findFirst().orElseThrow();
            return RowFactory.create(
                    Vectors.dense(all.inputs().rows(i, i + 1).copy().flat().toArray()), label, label < 5 ? 2.0 : 1.0);
        }).toList();
        StructType schema = new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType);
        return TestSession.get().createDataFrame(rows, schema).repartition(2).sortWithinPartitions("label");
    }

    private static NetworkClassifier small() {
        return new NetworkClassifier().setHiddenUnits(new int[]{20}).setOptimizer("quadric").setBatchSize(300)
                .setChunkSize(150).setMaxIter(10);
    }

    private static double accuracy(Dataset<Row> predicted) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    }

    private static List<Row> predictions(Dataset<Row> predicted) {
        return predicted.select("rawPrediction", "probability", "prediction").collectAsList();
    }

    @Test
    void aPipelineLearnsDigitsAndIsTheSameAfterStorage() throws IOException {
        Dataset<Row> train = digits(0, 600).cache();
        Dataset<Row> test = digits(600, 800).cache();
        StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
        NetworkClassifier classifier = small().setWeightCol("weight").setFeaturesCol("scaled");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[]{scaler, classifier});
        PipelineModel model = pipeline.fit(train);
        Dataset<Row> predicted = model.transform(test);
        assertTrue(accuracy(predicted) > 0.9, () -> "accuracy " + accuracy(predicted));
        for (Row row : predictions(predicted)) {
            double[] p = ((Vector) row.get(1)).toArray();
            assertEquals(1, Arrays.stream(p).sum(), 1e-12);
            assertEquals(((Vector) row.get(0)).argmax(), (int) row.getDouble(2));
            assertEquals(((Vector) row.get(1)).argmax(), (int) row.getDouble(2));
        }
        model.write().overwrite().save(temp.resolve("model").toString());
        pipeline.write().overwrite().save(temp.resolve("pipeline").toString());
        PipelineModel loaded = PipelineModel.load(temp.resolve("model").toString());
        assertEquals(predictions(predicted), predictions(loaded.transform(test)));
        NetworkClassifier again = (NetworkClassifier) Pipeline.load(temp.resolve("pipeline").toString()).getStages()[1];
        assertEquals(classifier.uid(), again.uid());
        for (String name : List.of("optimizer", "weightCol", "featuresCol", "chunkSize", "batchSize", "seed", "l2")) {
            assertEquals(classifier.explainParam(classifier.getParam(name)), again.explainParam(again.getParam(name)));
        }
        assertArrayEquals(new int[]{20}, again.getOrDefault(again.hiddenUnits()));
    }

    @Test
    void crossValidationChoosesAmongValues() {
        NetworkClassifier classifier = small().setLayers(List.of(
                new DenseLayer(12, true), new Activation(ElementaryFunction.RELU), new DenseLayer(10, true)));
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.maxIter(), new int[]{0, 5})
                .build();
        CrossValidatorModel model = new CrossValidator()
                .setEstimator(classifier)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .fit(digits(0, 300).cache());
        assertEquals(5, ((NetworkClassifier) model.bestModel().parent()).getOrDefault(classifier.maxIter()));
        assertTrue(model.avgMetrics()[1] > 0.5 && model.avgMetrics()[0] < 0.4, Arrays.toString(model.avgMetrics()));
    }

    @Test
    void parametersAreCopiedStoredAndRefused() throws IOException {
        NetworkClassifier classifier = small().setLayers(List.of(new DenseLayer(10, false)));
        NetworkClassifier copy = classifier.copy(new ParamMap().put(classifier.maxIter(), 3));
        assertEquals(3, copy.getOrDefault(copy.maxIter()));
        assertEquals(10, classifier.getOrDefault(classifier.maxIter()));
        assertTrue(classifier.explainParams().contains("optimizer: method by its name, one of [quadric,"));
        classifier.write().overwrite().save(temp.resolve("one").toString());
        NetworkClassifier loaded = NetworkClassifier.load(temp.resolve("one").toString());
        assertEquals(List.of(new DenseLayer(10, false)), loaded.getOrDefault(loaded.layers()));
        assertThrows(IllegalArgumentException.class, () -> small().setOptimizer("sdg"));
        assertThrows(IllegalArgumentException.class, () -> small().setChunkSize(0));
        assertThrows(IllegalArgumentException.class, () -> LayerText.layers(serialised(new File("x"))));
        assertThrows(IllegalArgumentException.class, () -> LayerText.layers(serialised("x")));
    }

    /// A list as layers are stored, of something else.
    private static String serialised(Object other) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of(other)));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
