package io.quadric.spark.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.DefaultParamsReader$;
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
        return new Reader();
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
        return new Writer(this);
    }

    /// Writes parameters and network.
    private static final class Writer extends MLWriter {
        private final NetworkRegressionModel model;

        Writer(NetworkRegressionModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            Scores.save(model, model.scores, path, sparkSession());
        }
    }

    /// Reads what a writer has written.
    private static final class Reader extends MLReader<NetworkRegressionModel> {
        @Override
        public NetworkRegressionModel load(String path) {
            var metadata = DefaultParamsReader$.MODULE$.loadMetadata(
                    path, sparkSession(), NetworkRegressionModel.class.getName());
            NetworkRegressionModel model = new NetworkRegressionModel(
                    metadata.uid(), Scores.load(path, sparkSession()));
            metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
            return model;
        }
    }
}
