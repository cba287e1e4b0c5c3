package io.quadric.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.spark.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A regressor as Spark ML has them.
class NetworkRegressorTest {
    private static final StructType SCHEMA = new StructType()
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType)
            .add("label", DataTypes.DoubleType);

    @TempDir
    private Path temp;

    /// sin a + b² over a grid.
    private static Dataset<Row> surface() {
        List<Row> rows = IntStream.range(0, 400).mapToObj(i -> {
            double a = (i % 20 - 10) * 0.2;
            double b = (i / 20 - 10) * 0.1;
            return RowFactory.create(a, b, Math.sin(a) + b * b);
        }).toList();
        return new VectorAssembler().setInputCols(new String[]{"a", "b"}).setOutputCol("features")
                .transform(TestSession.get().createDataFrame(rows, SCHEMA));
    }

    @Test
    void aSurfaceIsLearnedAndTheModelIsTheSameAfterStorage() throws IOException {
        Dataset<Row> rows = surface();
        NetworkRegressor regressor = new NetworkRegressor().setHiddenUnits(new int[]{10}).setOptimizer("kbfgs")
                .setHyperParameters(new String[]{"learningRate=0.1"}).setBatchSize(0).setChunkSize(200).setMaxIter(40)
                .setPrecision("float64").setL2(0);
        NetworkRegressionModel model = regressor.fit(rows);
        double r2 = new RegressionEvaluator().setMetricName("r2").evaluate(model.transform(rows));
        assertTrue(r2 > 0.85, () -> "r2 " + r2);
        assertEquals(2, model.numFeatures());
        model.save(temp.resolve("model").toString());
        NetworkRegressionModel loaded = NetworkRegressionModel.load(temp.resolve("model").toString());
        assertEquals(predictions(model, rows), predictions(loaded, rows));
    }

    private static List<Row> predictions(NetworkRegressionModel model, Dataset<Row> rows) {
        return model.transform(rows).select("prediction").collectAsList();
    }

    @Test
    void whatCannotBeFittedIsNamed() {
        NetworkRegressor smw = new NetworkRegressor().setOptimizer("smw-gn");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> smw.fit(surface())).getMessage()
                .contains("Gram matrix"));
        NetworkRegressor wrong = new NetworkRegressor().setHyperParameters(new String[]{"damping"});
        assertThrows(IllegalArgumentException.class, () -> wrong.fit(surface()));
    }
}
