package io.quadric.spark.example;

import io.quadric.spark.ml.NetworkClassifier;
import java.io.IOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// A program for spark-submit: fits a classifier to four fifths of a LIBSVM file and stores it. Arguments: the file,
/// and where the model goes.
public final class ClassifyRows {
    private ClassifyRows() {}

    /// Runs the program.
    ///
    /// @param args file and model
    /// @throws IOException if the model cannot be stored
    public static void main(String[] args) throws IOException {
        try (SparkSession spark = SparkSession.builder().appName("classify rows").getOrCreate()) {
            Dataset<Row>[] parts = spark.read().format("libsvm").load(args[0]).randomSplit(new double[]{0.8, 0.2}, 1);
            Dataset<Row> train = parts[0].cache();
            PipelineModel model = new Pipeline()
                    .setStages(new PipelineStage[]{
                        new StandardScaler().setInputCol("features").setOutputCol("scaled"),
                        new NetworkClassifier()
                                .setFeaturesCol("scaled")
                                .setHiddenUnits(new int[]{32})
                                .setOptimizer("kfac")
                                .setBatchSize(500)
                                .setChunkSize(250)
                                .setMaxIter(10)})
                    .fit(train);
            double accuracy = new MulticlassClassificationEvaluator()
                    .setMetricName("accuracy")
                    .evaluate(model.transform(parts[1]));
            System.out.println(train.count() + " rows, accuracy on " + parts[1].count() + " others: " + accuracy);
            model.write().overwrite().save(args[1]);
        }
    }
}
