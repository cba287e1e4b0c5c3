package io.quadric.spark.ml;

import io.quadric.nn.loss.SquaredError;
import io.quadric.spark.CaseReader;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/// Fits a network with one output to numbers, by the least squares.
///
/// ```java
/// NetworkRegressionModel model = new NetworkRegressor()
///         .setHiddenUnits(new int[]{64, 32})
///         .setOptimizer("kfac")
///         .setMaxIter(10)
///         .fit(frame);
/// Dataset<Row> predicted = model.transform(other);
/// ```
public final class NetworkRegressor
        extends
            Regressor<Vector, NetworkRegressor, NetworkRegressionModel>
        implements NetworkTraining<NetworkRegressor>, DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final NetworkParams own;

    /// With a name of its own.
    public NetworkRegressor() {
        this(Identifiable$.MODULE$.randomUID("networkRegressor"));
    }

    /// With a given name.
    ///
    /// @param uid unique in a pipeline
    public NetworkRegressor(String uid) {
        this.uid = uid;
        super();
        own = new NetworkParams(this);
        own.setDefaults(this);
    }

    /// {@return a reader of stored estimators}
    public static MLReader<NetworkRegressor> read() {
        return new DefaultParamsReader<>();
    }

    /// {@return a stored estimator}
    ///
    /// @param path where it is
    public static NetworkRegressor load(String path) {
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
    public NetworkRegressor self() {
        return this;
    }

    @Override
    public NetworkRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public NetworkRegressionModel train(Dataset<?> dataset) {
        CaseReader columns = CaseReader.of(getFeaturesCol(), getLabelCol());
        Scores scores = new Fitting(this, new SquaredError(), 1).fit(dataset.toDF(), columns);
        return new NetworkRegressionModel(uid + "_model", scores);
    }
}
