package io.quadric.spark;

import io.quadric.linalg.Precision;
import io.quadric.nn.chunk.Chunks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// Reads rows of features and a label as cases in chunks, which stay on the executors.
///
/// ```java
/// try (SparkChunks cases = CaseReader.of("features", "label").withClasses(10).read(frame, 500)) {
///     run.step(new StepData(cases));
/// }
/// ```
///
/// Chunks are made of neighbouring rows, counted through all partitions, so that they, and the bits of a run, do not
/// depend on how many partitions and executors there are. The order of the rows must be fixed: a frame that comes from
/// a join or an aggregation is to be sorted first. Rows of weight 0 are left out.
///
/// @param features the column of the inputs: vectors, dense or sparse, or arrays of numbers
/// @param label the column of the targets: numbers, or classes from 0
/// @param weight the column of the weights, if rows have some
/// @param classes how many classes there are, each of which is a target of its own; empty if labels are numbers
/// @param shuffle the seed of a permutation of all rows, empty if they keep their order
/// @param precision of inputs and targets
public record CaseReader(
        String features,
        String label,
        Optional<String> weight,
        OptionalInt classes,
        OptionalLong shuffle,
        Precision precision) {
    /// Checks the number of classes.
    ///
    /// @throws IllegalArgumentException if it is below 2
    public CaseReader {
        if (classes.isPresent() && classes.getAsInt() < 2) {
            throw new IllegalArgumentException(classes.getAsInt() + " classes, expected at least 2");
        }
    }

    /// {@return a reader of numbers in FLOAT32, without weights, in the order of the rows}
    ///
    /// @param features the column of the inputs
    /// @param label the column of the targets
    public static CaseReader of(String features, String label) {
        return new CaseReader(
                features, label, Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Precision.FLOAT32);
    }

    /// {@return the same with weights}
    ///
    /// @param column of the weights
    public CaseReader withWeight(String column) {
        return new CaseReader(features, label, Optional.of(column), classes, shuffle, precision);
    }

    /// {@return the same with classes as labels}
    ///
    /// @param count how many there are
    /// @throws IllegalArgumentException if it is below 2
    public CaseReader withClasses(int count) {
        return new CaseReader(features, label, weight, OptionalInt.of(count), shuffle, precision);
    }

    /// {@return the same with the rows in another order, in which classes and the like are mixed}
    ///
    /// @param seed decides the order
    public CaseReader withShuffle(long seed) {
        return new CaseReader(features, label, weight, classes, OptionalLong.of(seed), precision);
    }

    /// {@return the same in another precision}
    ///
    /// @param other of inputs and targets
    public CaseReader withPrecision(Precision other) {
        return new CaseReader(features, label, weight, classes, shuffle, other);
    }

    /// {@return the rows as cases}
    ///
    /// @param rows with the columns of this reader
    /// @param chunkSize the most cases of a chunk
    /// @throws IllegalArgumentException if a column is missing, there is no row with a weight, or a row cannot be read;
    ///     the message names its place and content
    public SparkChunks read(Dataset<Row> rows, int chunkSize) {
        return read(context(rows), rows.toJavaRDD(), chunkSize, 0);
    }

    /// {@return the rows as cases, with few chunks in a partition}: a batch of some neighbouring chunks is computed by
    /// as many tasks as it has partitions.
    ///
    /// @param rows with the columns of this reader
    /// @param chunkSize the most cases of a chunk
    /// @param perPartition the most chunks of a partition
    /// @throws IllegalArgumentException as [#read(Dataset, int)]
    public SparkChunks read(Dataset<Row> rows, int chunkSize, int perPartition) {
        return read(context(rows), rows.toJavaRDD(), chunkSize, perPartition);
    }

    private static JavaSparkContext context(Dataset<Row> rows) {
        return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    }

    /// {@return labelled points as cases}, whose columns are called as in this reader; without weights.
    ///
    /// @param context of the points
    /// @param points features and labels
    /// @param chunkSize the most cases of a chunk
    /// @throws IllegalArgumentException if there is no point, or one cannot be read; the message names its place and
    ///     content
    public SparkChunks readPoints(JavaSparkContext context, JavaRDD<LabeledPoint> points, int chunkSize) {
        StructType columns = new StructType()
                .add(features, SQLDataTypes.VectorType())
                .add(label, DataTypes.DoubleType);
        JavaRDD<Row> rows = points.map(
                point -> new GenericRowWithSchema(new Object[]{point.features(), point.label()}, columns));
        return read(context, rows, chunkSize, 0);
    }

    /// {@return how many features the first row has}
    ///
    /// @param rows with at least one row
    /// @param features the column of the inputs
    /// @throws IllegalArgumentException if there is no row, or its features are not a vector or an array of numbers
    public static int width(Dataset<Row> rows, String features) {
        List<Row> first = rows.select(features).takeAsList(1);
        return RowForm.features(first(first), 0)
                .map(x -> x.length)
                .orElseThrow(() -> new IllegalArgumentException(
                        "column '" + features + "' is not a vector or an array of numbers, row " + first.getFirst()));
    }

    private static Row first(List<Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no rows, expected at least one");
        }
        return rows.getFirst();
    }

    private SparkChunks read(JavaSparkContext context, JavaRDD<Row> rows, int chunkSize, int perPartition) {
        LabelledRows all = LabelledRows.of(rows, RowForm.of(this, first(rows.take(1))));
        int count = Chunks.count(all.cases(), chunkSize);
        int partitions = perPartition > 0 ? Math.ceilDiv(count, perPartition) : context.defaultParallelism();
        ChunkPlan plan = new ChunkPlan(all.cases(), count, Math.min(count, partitions));
        return SparkChunks.of(context, all.chunks(this, plan));
    }
}
