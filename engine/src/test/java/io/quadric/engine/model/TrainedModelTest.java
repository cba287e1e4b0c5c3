package io.quadric.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.quadric.engine.InputException;
import io.quadric.engine.learn.Learner;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.RowMapping;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.NormalizationStatistics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainedModelTest {
    private static Map<String, Object> row(Table table, int i) {
        Map<String, Object> row = new HashMap<>();
        row.put("x1", table.numeric("x1").get(i));
        row.put("x2", table.numeric("x2").get(i));
        row.put("town", table.column("town").text(i));
        return row;
    }

    /// Rows of numbers only, and the model for them.
    private record Numbers(TrainedModel model, double[][] rows) {
        static Numbers of(Precision precision) {
            Random random = new Random(2);
            double[][] rows = random.doubles(300).mapToObj(x -> new double[]{x, 5 * random.nextGaussian()})
                    .toArray(double[][]::new);
            double[] targets = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                targets[i] = 1000 + 300 * rows[i][0] - 20 * rows[i][1];
            }
            return new Numbers(Models.of(Table.of(rows).withTargets(targets), precision), rows);
        }
    }

    /// The figures of one row do not depend on the others, on the way it is given, or on a table around it.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aRowHasOnePrediction(Precision precision) {
        Table table = Models.table(1, 70, true);
        TrainedModel model = Models.of(table, precision);
        Matrix all = model.predict(table);
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-14;
        for (int i = 0; i < table.rows(); i++) {
            double[] one = model.predict(row(table, i));
            assertArrayEquals(all.row(i).toArray(), one, tolerance);
            assertArrayEquals(all.row(i).toArray(), model.predict(table.select(new int[]{i})).row(0).toArray(),
                    tolerance);
            assertEquals(1, one[0] + one[1] + one[2], 1e-6);
            assertEquals(model.predictClasses(table).get(i), model.predictClass(row(table, i)));
        }
        assertEquals(List.of("high", "low", "middle"), model.classes());
    }

    @Test
    void numbersAreInTheirUnitsWhateverTheyAreGivenAs() {
        Numbers numbers = Numbers.of(Precision.FLOAT64);
        TrainedModel model = numbers.model();
        Matrix all = model.predict(Matrix.of(numbers.rows()));
        double mean = 0;
        for (int i = 0; i < 300; i++) {
            double[] row = numbers.rows()[i];
            assertArrayEquals(all.row(i).toArray(), model.predict(row), 1e-9);
            assertEquals(model.predictNumber(row), model.predictNumber(Map.of("x1", row[0], "x2", row[1])));
            assertEquals(model.predict(new float[]{(float) row[0], (float) row[1]})[0],
                    model.predict((double) (float) row[0], (double) (float) row[1])[0]);
            mean += all.get(i, 0) / 300;
        }
        assertEquals(1150, mean, 300);
        assertArrayEquals(all.toArray(), model.predict(numbers.rows()));
        RowMapping<double[]> mapping = RowMapping.<double[]>empty().numeric("x2", r -> r[1]).numeric("x1", r -> r[0]);
        assertArrayEquals(model.predict(numbers.rows()[3]), model.predict(numbers.rows()[3], mapping));
    }

    /// Batch normalisation takes its stored statistics, so that a batch of one is not normalised to zeros.
    @Test
    void normalisingLayersUseTheStoredStatistics() {
        Table table = Models.table(3, 50, false);
        TrainedModel model = Models.of(table, Precision.FLOAT64);
        assertTrue(Math.abs(model.predict(row(table, 0))[0] - model.predict(row(table, 1))[0]) > 1e-6);
        assertThrows(IllegalArgumentException.class, () -> new TrainedModel(
                model.model(), model.preparation(), model.parameters(), NormalizationStatistics.OF_BATCH,
                model.provenance()));
    }

    /// Of more rows than are predicted at a time.
    @Test
    void threadsOfAModelPredictTheSameBits() {
        Table table = Models.table(3, 2500, true);
        TrainedModel model = Models.of(table, Precision.FLOAT32);
        assertArrayEquals(model.predict(table).floats(), model.withThreads(3).predict(table).floats());
        TrainedModel numbers = Numbers.of(Precision.FLOAT64).model();
        Matrix rows = Matrix.of(2500, 2, new Random(5).doubles(5000).toArray());
        assertArrayEquals(numbers.predict(rows).doubles(), numbers.withThreads(3).predict(rows).doubles());
    }

    @Test
    void eightThreadsGetTheResultsOfOne() throws Exception {
        Numbers numbers = Numbers.of(Precision.FLOAT32);
        Matrix expected = numbers.model().predict(Matrix.of(numbers.rows()));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                tasks.add(() -> agrees(numbers, expected));
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        }
    }

    private static boolean agrees(Numbers numbers, Matrix expected) {
        boolean same = true;
        double[] out = new double[1];
        double[] first = numbers.model().predict(numbers.rows()[0]);
        for (int repeat = 0; repeat < 20; repeat++) {
            Matrix again = numbers.model().predict(Matrix.of(numbers.rows()));
            numbers.model().predict(numbers.rows()[0], out);
            same &= out[0] == first[0];
            for (int i = 0; i < again.rows(); i++) {
                same &= again.get(i, 0) == expected.get(i, 0);
            }
        }
        return same;
    }

    /// A block of 1,024 rows allocates views and passes of layers, and nothing for a row, once all is compiled.
    @Test
    void predictingBatchesAllocatesOnlyViews() {
        Numbers numbers = Numbers.of(Precision.FLOAT32);
        Matrix rows = Matrix.zeros(Precision.FLOAT32, 25_600, 2);
        Matrix out = Matrix.zeros(Precision.FLOAT32, rows.rows(), 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long most = 25 * 20_000;
        long bytes = most;
        for (int i = 0; i < 5000 && bytes >= most; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            numbers.model().predict(rows, out);
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(bytes < most, bytes + " bytes for 25 blocks of 1,024 rows");
    }

    @Test
    void misuseIsNamed() {
        Table table = Models.table(1, 40, true);
        TrainedModel classifier = Models.of(table, Precision.FLOAT32);
        TrainedModel regression = Numbers.of(Precision.FLOAT32).model();
        assertThrows(IllegalStateException.class, () -> classifier.predictNumber(row(table, 0)));
        assertThrows(IllegalStateException.class, () -> regression.predictClass(1, 2));
        assertThrows(IllegalStateException.class, () -> regression.predictProbabilities(1, 2));
        assertEquals("3 values, expected 2: x1, x2",
                assertThrows(IllegalArgumentException.class, () -> regression.predict(1, 2, 3)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> regression.predict(Matrix.zeros(Precision.FLOAT32, 2, 3)));
        assertThrows(IllegalArgumentException.class,
                () -> regression.predict(Matrix.zeros(Precision.FLOAT32, 2, 2), Matrix.zeros(Precision.FLOAT32, 3, 1)));
        assertThrows(IllegalArgumentException.class, () -> regression.predict(new double[2], new double[2]));
        assertThrows(InputException.class, () -> regression.predict(Map.of("x1", 1)));
        assertThrows(InputException.class, () -> regression.predict(Double.POSITIVE_INFINITY, 1));
        assertThrows(InputException.class, () -> classifier.predict(table.withRole("town", ColumnRole.IGNORED)
                .select(new int[]{0}).only(table.schema().only(ColumnRole.TARGET))));
    }

    /// The columns of a table may come in any order, and the target need not be there.
    @Test
    void columnsAreFoundByName() {
        Table table = Models.table(1, 30, false);
        TrainedModel model = Models.quick().fit(table);
        Table turned = Table.of(new double[30][1]).withRole("x1", ColumnRole.IGNORED).only(
                Table.of(new double[30][1]).schema());
        Table other = new Table(
                new io.quadric.engine.table.Schema(List.of(
                        table.schema().find("town").orElseThrow(), table.schema().find("x2").orElseThrow(),
                        table.schema().find("x1").orElseThrow())),
                List.of(table.column("town"), table.column("x2"), table.column("x1")));
        assertArrayEquals(model.predict(table).toArray(), model.predict(other).toArray());
        assertThrows(InputException.class, () -> model.predict(turned));
        assertEquals(Learner.defaults().rules(), Models.quick().rules());
    }
}
