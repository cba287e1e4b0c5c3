package io.quadric.spark.ml;

import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.spark.CaseReader;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
/// Fits a network that tells classes from 0 apart, with the softmax of its outputs as probabilities.
///
/// ```java
/// NetworkClassificationModel model = new NetworkClassifier()
///         .setHiddenUnits(new int[]{64, 32})
///         .setOptimizer("kfac")
///         .setMaxIter(10)
///         .fit(frame);
/// Dataset<Row> predicted = model.transform(other);
/// ```
public final class NetworkClassifier
        extends
            ProbabilisticClassifier<Vector, NetworkClassifier, NetworkClassificationModel>
        implements NetworkTraining<NetworkClassifier>, DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    /// More are a mistake.
    private static final int MOST_CLASSES = 10_000;

    private final String uid;
    private final NetworkParams own;

    /// With a name of its own.
    public NetworkClassifier() {
        this(Identifiable$.MODULE$.randomUID("networkClassifier"));
    }

    /// With a given name.
    ///
    /// @param uid unique in a pipeline
    public NetworkClassifier(String uid) {
        this.uid = uid;
        super();
        own = new NetworkParams(this);
        own.setDefaults(this);
    }

    /// {@return a reader of stored estimators}
    public static MLReader<NetworkClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /// {@return a stored estimator}
    ///
    /// @param path where it is
    public static NetworkClassifier load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public NetworkParams networkParams() {
        return own;
    }

    @Override
    public NetworkClassifier self() {
        return this;
    }

    @Override
    public NetworkClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public NetworkClassificationModel train(Dataset<?> dataset) {
        int classes = classes(dataset);
        CaseReader columns = CaseReader.of(getFeaturesCol(), getLabelCol()).withClasses(classes);
        Scores scores = new Fitting(this, new SoftmaxCrossEntropy(), classes).fit(dataset.toDF(), columns);
        return new NetworkClassificationModel(uid + "_model", scores);
    }

    /// The largest label and one more.
    private int classes(Dataset<?> dataset) {
        Row row = dataset.agg(functions.max(dataset.col(getLabelCol()))).head();
        double largest = row.isNullAt(0) ? 0 : row.getDouble(0);
        if (largest >= MOST_CLASSES) {
            throw new IllegalArgumentException("column '" + getLabelCol() + "' has a label of " + largest
                    + ", expected classes from 0 to " + (MOST_CLASSES - 1));
        }
        return Math.max(2, (int) largest + 1);
    }
}
