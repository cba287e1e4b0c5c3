package io.quadric.spark.ml;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Inputs;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import java.io.Serializable;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// A network with its parameters, which scores one row after the other, on several threads at a time.
final class Scores implements Serializable {
    private static final long serialVersionUID = 1;

    private static final StructType SCHEMA = new StructType()
            .add("inputs", DataTypes.IntegerType)
            .add("layers", DataTypes.StringType)
            .add("precision", DataTypes.StringType)
            .add("parameters", DataTypes.createArrayType(DataTypes.DoubleType, false));

    private final Network network;
    private final Precision precision;
    private final double[] values;
    private transient Deque<Scorer> idle = new ConcurrentLinkedDeque<>();

    /// Scratch of a thread, with the parameters in their precision.
    ///
    /// @param ws scratch
    /// @param parameters θ
    private record Scorer(Workspace ws, Parameters parameters) {}

    Scores(Network network, Vector parameters) {
        this(network, parameters.precision(), parameters.toArray());
    }

    private Scores(Network network, Precision precision, double[] values) {
        this.network = network;
        this.precision = precision;
        this.values = values;
    }

    private Object readResolve() {
        return new Scores(network, precision, values);
    }

    int inputs() {
        return network.input().size();
    }

    int outputs() {
        return network.output().size();
    }

    /// The outputs of the network for a row.
    double[] of(org.apache.spark.ml.linalg.Vector features) {
        if (features.size() != inputs()) {
            throw new IllegalArgumentException(
                    features.size() + " features, expected " + inputs() + ", as in the fit");
        }
        Scorer scorer = idle.pollLast();
        if (scorer == null) {
            Vector theta = Vector.zeros(precision, values.length).copyFrom(Vector.of(values).copy(precision));
            scorer = new Scorer(Workspace.serial(), new Parameters(network.layout(), theta));
        }
        Matrix x = Matrix.zeros(precision, 1, inputs());
        features.foreachActive((i, value) -> {
            x.set(0, (int) i, (double) value);
            return scala.runtime.BoxedUnit.UNIT;
        });
        Matrix z = Matrix.zeros(precision, 1, outputs());
        network.apply(scorer.parameters(), NormalizationStatistics.OF_BATCH, new Inputs(x), z, scorer.ws());
        idle.addLast(scorer);
        return z.flat().toArray();
    }

    /// Writes a model: its parameters as Spark does, and the network in a row beside them.
    static void save(MLWritable model, Scores scores, String path, SparkSession session) {
        DefaultParamsWriter$.MODULE$.saveMetadata((org.apache.spark.ml.param.Params) model, path, session);
        Row row = RowFactory.create(scores.inputs(), LayerText.of(scores.network.layers()), NetworkParams.name(
                scores.precision), scores.values);
        session.createDataFrame(List.of(row), SCHEMA).repartition(1).write().parquet(data(path));
    }

    private static String data(String path) {
        return new org.apache.hadoop.fs.Path(path, "data").toString();
    }

    static Scores load(String path, SparkSession session) {
        Row row = session.read().parquet(data(path)).first();
        List<Layer> layers = LayerText.layers(row.getAs("layers"));
        List<Double> parameters = row.getList(row.fieldIndex("parameters"));
        return new Scores(
                new Network(new Shape.Features(row.getAs("inputs")), layers),
                NetworkParams.constant(Precision.class, row.getAs("precision")),
                parameters.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
