package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/// Rows become the chunks that they would be in memory, however they are stored and divided.
class CaseReaderTest {
    private static final int ROWS = 23;
    private static final Model MODEL = new Model(
            new Network(new Shape.Features(4), List.of(new DenseLayer(3, true))), new SoftmaxCrossEntropy());
    private static final DataType ARRAY = DataTypes.createArrayType(DataTypes.DoubleType);

    private static double[] features(int i) {
        return new double[]{i % 5 - 2, 0, i * 0.25, i % 3 == 0 ? 0 : -1};
    }

    private static double weight(int i) {
        return i % 7 == 3 ? 0 : 1 + i % 2;
    }

    private static StructType schema(DataType features) {
        return new StructType().add("w", DataTypes.DoubleType).add("x", features).add("y", DataTypes.IntegerType);
    }

    private static Dataset<Row> frame(List<Row> rows, DataType features, int partitions) {
        JavaRDD<Row> all = TestSession.context().parallelize(rows, partitions);
        return TestSession.get().createDataFrame(all, schema(features));
    }

    private static List<Row> rows(boolean sparse) {
        return IntStream.range(0, ROWS).mapToObj(i -> {
            var dense = Vectors.dense(features(i));
            return RowFactory.create(weight(i), sparse ? dense.toSparse() : dense, i % 3);
        }).toList();
    }

    private static List<Row> arrays() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> RowFactory.create(
                        weight(i), Arrays.stream(features(i)).boxed().toArray(Double[]::new), i % 3))
                .toList();
    }

    /// The chunks that the rows with a weight are, of 6 cases at most.
    private static CaseSet expected() {
        int[] kept = IntStream.range(0, ROWS).filter(i -> weight(i) > 0).toArray();
        int count = Math.ceilDiv(kept.length, 6);
        return new Chunks(ChunkSource.of(IntStream.range(0, count).mapToObj(c -> {
            int from = Chunks.first(kept.length, count, c);
            int[] of = Arrays.copyOfRange(kept, from, Chunks.first(kept.length, count, c + 1));
            Matrix x = Matrix.zeros(Precision.FLOAT32, of.length, 4);
            Matrix t = Matrix.zeros(Precision.FLOAT32, of.length, 3);
            for (int i = 0; i < of.length; i++) {
                for (int j = 0; j < 4; j++) {
                    x.set(i, j, features(of[i])[j]);
                }
                t.set(i, of[i] % 3, 1);
            }
            return new Batch(x, t, Lengths.FULL,
                    Weights.of(Arrays.stream(of).mapToDouble(CaseReaderTest::weight).toArray()));
        }).toList()), 1 << 20);
    }

    private static float[] gradient(CaseSet cases) {
        try (Workspace ws = Workspace.serial()) {
            Parameters theta = Parameters.zeros(MODEL.network().layout(), Precision.FLOAT32);
            Parameters g = Parameters.zeros(MODEL.network().layout(), Precision.FLOAT32);
            try (Objective at = cases.at(MODEL, theta, ws)) {
                at.gradient(g.values());
            }
            return g.values().toFloatArray();
        }
    }

    private static final CaseReader READER = CaseReader.of("x", "y").withClasses(3).withWeight("w");

    @Test
    void chunksAreThoseInMemory() {
        float[] expected = gradient(expected());
        for (int partitions : new int[]{1, 5}) {
            Dataset<Row> frame = frame(rows(partitions == 5), SQLDataTypes.VectorType(), partitions);
            try (SparkChunks chunks = READER.read(frame, 6)) {
                assertEquals(20, chunks.cases());
                assertEquals(4, chunks.count());
                assertArrayEquals(expected, gradient(chunks));
            }
        }
        try (SparkChunks chunks = READER.read(frame(arrays(), ARRAY, 3), 6, 1)) {
            assertArrayEquals(expected, gradient(chunks));
        }
    }

    @Test
    void pointsAndShuffledRowsHaveTheSameCases() {
        JavaRDD<LabeledPoint> points = TestSession.context().parallelize(
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new LabeledPoint(i % 3, Vectors.dense(features(i))))
                        .toList(),
                2);
        CaseReader reader = CaseReader.of("features", "label").withClasses(3).withPrecision(Precision.FLOAT64);
        try (SparkChunks one = reader.readPoints(TestSession.context(), points, ROWS);
                SparkChunks other = reader.withShuffle(5).readPoints(TestSession.context(), points, ROWS)) {
            assertEquals(sortedRows(one), sortedRows(other));
            assertTrue(!rowsOf(one).equals(rowsOf(other)));
        }
        int[] places = IntStream.range(0, ROWS).map(new Permutation(ROWS, 5)::of).sorted().toArray();
        assertArrayEquals(IntStream.range(0, ROWS).toArray(), places);
    }

    private static List<String> rowsOf(SparkChunks chunks) {
        return chunks.collect().stream().map(ChunkData::batch)
                .flatMap(batch -> IntStream.range(0, batch.cases()).mapToObj(i -> Arrays.toString(
                        batch.inputs().rows(i, i + 1).copy().flat().toArray())
                        + Arrays.toString(batch.targets().rows(i, i + 1).copy().flat().toArray())))
                .toList();
    }

    private static List<String> sortedRows(SparkChunks chunks) {
        return rowsOf(chunks).stream().sorted().toList();
    }

    private static void refused(Object weight, Object x, Object y, String complaint) {
        Row row = new GenericRowWithSchema(new Object[]{weight, x, y}, schema(SQLDataTypes.VectorType()));
        Row first = new GenericRowWithSchema(new Object[]{1.0, Vectors.dense(features(0)), 0}, row.schema());
        String fault = RowForm.of(READER, first).fault(row).orElseThrow();
        assertTrue(fault.startsWith(complaint) && fault.contains(row.toString()), fault);
    }

    @Test
    void rowsThatCannotBeReadAreNamed() {
        refused(1.0, Vectors.dense(1, 2, Double.NaN, 4), 1, "column 'x'[2] is NaN");
        refused(1.0, Vectors.dense(1, 2, 3), 1, "column 'x' has 3 numbers, expected 4");
        refused(1.0, null, 1, "column 'x' is not a vector");
        refused(1.0, "one", 1, "column 'x' is not a vector");
        refused(1.0, Vectors.dense(1, 2, 3, 4), null, "column 'y' is null");
        refused(1.0, Vectors.dense(1, 2, 3, 4), 3, "column 'y' is 3.0, expected a class from 0 to 2");
        refused(1.0, Vectors.dense(1, 2, 3, 4), 0.5, "column 'y' is 0.5, expected a class from 0 to 2");
        refused(-1.0, Vectors.dense(1, 2, 3, 4), 2, "column 'w' is -1.0");
        refused(null, Vectors.dense(1, 2, 3, 4), 2, "column 'w' is null");
    }

    @Test
    void theFirstRowThatCannotBeReadIsNamedByItsPlace() {
        DataType vector = SQLDataTypes.VectorType();
        List<Row> rows = new ArrayList<>(rows(false));
        rows.set(17, RowFactory.create(1.0, Vectors.dense(1, 2, Double.NaN, 4), 1));
        rows.set(21, RowFactory.create(1.0, Vectors.dense(1, 2, 3), 1));
        String message = assertThrows(
                IllegalArgumentException.class, () -> READER.read(frame(rows, vector, 3), 6)).getMessage();
        assertTrue(message.startsWith("row 17: column 'x'[2] is NaN"), message);
        assertThrows(IllegalArgumentException.class, () -> READER.read(frame(List.of(), vector, 1), 6));
        assertThrows(IllegalArgumentException.class,
                () -> CaseReader.of("x", "z").read(frame(rows(false), vector, 1), 6));
    }
}
