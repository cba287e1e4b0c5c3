package io.quadric.spark.ml;

import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import scala.Tuple3;

/// A network that tells classes apart: raw predictions are its outputs, probabilities their softmax.
public final class NetworkClassificationModel
        extends
            ProbabilisticClassificationModel<Vector, NetworkClassificationModel>
        implements MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final Scores scores;

    /// @param uid unique in a pipeline
    /// @param scores the fitted network
    NetworkClassificationModel(String uid, Scores scores) {
        this.uid = uid;
        this.scores = scores;
        super();
    }

    /// {@return a reader of stored models}
    public static MLReader<NetworkClassificationModel> read() {
        return new ScoresReader<>(NetworkClassificationModel.class, NetworkClassificationModel::new);
    }

    /// {@return a stored model}
    ///
    /// @param path where it is
    public static NetworkClassificationModel load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /// Spark's classes have two such methods, of which Java can neither choose one nor name what both return.
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return new Tuple3<>(this, getProbabilityCol(), getPredictionCol());
    }

    @Override
    public int numFeatures() {
        return scores.inputs();
    }

    @Override
    public int numClasses() {
        return scores.outputs();
    }

    @Override
    public Vector predictRaw(Vector features) {
        return Vectors.dense(scores.of(features));
    }

    /// By the softmax, without overflow.
    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] p = ((DenseVector) raw).values();
        double largest = Double.NEGATIVE_INFINITY;
        for (double z : p) {
            largest = Math.max(largest, z);
        }
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(p[i] - largest);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return raw;
    }

    @Override
    public NetworkClassificationModel copy(ParamMap extra) {
        NetworkClassificationModel other = copyValues(new NetworkClassificationModel(uid, scores), extra);
        other.setParent(parent());
        return other;
    }

    @Override
    public MLWriter write() {
        return new ScoresWriter(this, scores);
    }
}
