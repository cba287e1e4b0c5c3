package io.quadric.spark.ml;

import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/// Writes the parameters and the network of a model.
final class ScoresWriter extends MLWriter {
    private final MLWritable model;
    private final Scores scores;

    ScoresWriter(MLWritable model, Scores scores) {
        this.model = model;
        this.scores = scores;
    }

    @Override
    public void saveImpl(String path) {
        Scores.save(model, scores, path, sparkSession());
    }
}
