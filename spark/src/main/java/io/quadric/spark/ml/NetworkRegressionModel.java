package io.quadric.spark.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/// A network whose output is the prediction.
public final class NetworkRegressionModel
        extends
            RegressionModel<Vector, NetworkRegressionModel>
        implements MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final Scores scores;

    /// @param uid unique in a pipeline
    /// @param scores the fitted network
    NetworkRegressionModel(String uid, Scores scores) {
        this.uid = uid;
        this.scores = scores;
        super();
    }

    /// {@return a reader of stored models}
    public static MLReader<NetworkRegressionModel> read() {
        return new ScoresReader<>(NetworkRegressionModel.class, NetworkRegressionModel::new);
    }

    /// {@return a stored model}
    ///
    /// @param path where it is
    public static NetworkRegressionModel load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public int numFeatures() {
        return scores.inputs();
    }

    @Override
    public double predict(Vector features) {
        return scores.of(features)[0];
    }

    @Override
    public NetworkRegressionModel copy(ParamMap extra) {
        NetworkRegressionModel other = copyValues(new NetworkRegressionModel(uid, scores), extra);
        other.setParent(parent());
        return other;
    }

    @Override
    public MLWriter write() {
        return new ScoresWriter(this, scores);
    }
}
