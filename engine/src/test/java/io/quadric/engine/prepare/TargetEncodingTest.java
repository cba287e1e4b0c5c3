package io.quadric.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetEncodingTest {
    private static Table table(Column target) {
        return Table.of(new double[target.rows()][1]).with("y", ColumnRole.TARGET, target);
    }

    private static TargetEncoding fit(TargetKind kind, Column target) {
        return TargetEncoding.fit(table(target), kind, Scaling.STANDARDISE);
    }

    private static List<String> classes(Column target) {
        return ((ClassTarget) fit(TargetKind.INFERRED, target)).classes();
    }

    @Test
    void theKindIsInferredFromTheValues() {
        assertEquals(List.of("no", "yes"), classes(CategoricalColumn.of(List.of("yes", "no", "yes"))));
        assertEquals(List.of("-1", "1", "10"), classes(NumericColumn.of(10, -1, 1, 1, -1, 10)));
        assertTrue(fit(TargetKind.INFERRED, NumericColumn.of(0.5, 0.5, 1, 1)) instanceof NumberTarget);
        assertTrue(fit(TargetKind.INFERRED, NumericColumn.of(1, 2, 2, 1, 3)) instanceof NumberTarget);
        assertTrue(fit(TargetKind.REGRESSION, NumericColumn.of(1, 2, 2, 1)) instanceof NumberTarget);
        assertTrue(fit(TargetKind.CLASSIFICATION, NumericColumn.of(0.5, 1, 1)) instanceof ClassTarget);
    }

    @Test
    void classesAreOneHotAndUnknownOnesNamed() {
        TargetEncoding target = fit(TargetKind.INFERRED, CategoricalColumn.of(List.of("b", "a", "b")));
        assertArrayEquals(new double[][]{{0, 1}, {1, 0}},
                target.encode(table(CategoricalColumn.of(List.of("b", "a"))), Precision.FLOAT32).toArray());
        assertEquals("row 2: the class 'c' of 'y', expected one of a, b", assertThrows(InputException.class,
                () -> target.encode(table(CategoricalColumn.of(List.of("b", "c"))), Precision.FLOAT32)).getMessage());
    }

    @Test
    void numbersComeBackInTheirUnits() {
        double[] values = {100, 300, 250, 120.5};
        NumberTarget target = (NumberTarget) fit(TargetKind.INFERRED, NumericColumn.of(values));
        Matrix encoded = target.encode(table(NumericColumn.of(values)), Precision.FLOAT64);
        double[] z = encoded.flat().toArray();
        assertEquals(0, Arrays.stream(z).sum(), 1e-14);
        assertEquals(4, Arrays.stream(z).map(x -> x * x).sum(), 1e-14);
        for (int i = 0; i < 4; i++) {
            assertEquals(values[i], target.decode(0, z[i]), 1e-12);
        }
        assertEquals(5, ((NumberTarget) fit(TargetKind.REGRESSION, NumericColumn.of(5, 5))).decode(0, 0));
    }

    @Test
    void severalTargetsAreNumbers() {
        Table two = table(NumericColumn.of(1, 2, 4)).with("z", ColumnRole.TARGET, NumericColumn.of(0, 0, 9));
        TargetEncoding target = TargetEncoding.fit(two, TargetKind.INFERRED, Scaling.NONE);
        assertArrayEquals(new double[][]{{1, 0}, {2, 0}, {4, 9}}, target.encode(two, Precision.FLOAT64).toArray());
        assertThrows(InputException.class, () -> TargetEncoding.fit(two, TargetKind.CLASSIFICATION, Scaling.NONE));
    }

    @Test
    void targetsThatCannotBeUsedAreNamed() {
        refused(TargetKind.INFERRED, NumericColumn.of(1, Double.NaN, 3),
                "row 2: the target 'y' is missing, in 1 of 3 rows");
        refused(TargetKind.INFERRED, NumericColumn.of(1, Double.POSITIVE_INFINITY),
                "row 2: the target 'y' is Infinity");
        refused(TargetKind.INFERRED, CategoricalColumn.of(List.of("a", "")), "row 2: the target 'y' is missing");
        refused(TargetKind.CLASSIFICATION, CategoricalColumn.of(List.of("a", "a")), "the target 'y' has one class, a");
        refused(TargetKind.REGRESSION, CategoricalColumn.of(List.of("a", "b")), "the target 'y' is a text, expected");
        assertThrows(InputException.class,
                () -> TargetEncoding.fit(Table.of(new double[2][2]), TargetKind.INFERRED, Scaling.NONE));
    }

    private static void refused(TargetKind kind, Column column, String complaint) {
        String message = assertThrows(InputException.class, () -> fit(kind, column)).getMessage();
        assertTrue(message.startsWith(complaint), message);
    }

    @Test
    void weightsMultiplyAndHaveMeanOne() {
        Table table = table(CategoricalColumn.of(List.of("a", "a", "a", "b")))
                .with("w", ColumnRole.WEIGHT, NumericColumn.of(1, 2, 3, 2));
        TargetEncoding target = TargetEncoding.fit(table, TargetKind.INFERRED, Scaling.NONE);
        assertArrayEquals(new double[]{0.5, 1, 1.5, 1}, weights(table, target, new ClassWeights.Equal()), 1e-15);
        double[] both = weights(table, target, new ClassWeights.Balanced());
        assertEquals(1, Arrays.stream(both).average().orElseThrow(), 1e-15);
        assertEquals(3, both[3] / both[1], 1e-14);
        assertEquals(2, both[1] / both[0], 1e-14);
        double[] given = weights(table, target, new ClassWeights.Given(Map.of("b", 5.0)));
        assertEquals(5, given[3] / given[1], 1e-14);
        Table equal = table.withRole("w", ColumnRole.IGNORED);
        assertTrue(CaseWeights.of(equal, target, new ClassWeights.Equal()).isEmpty());
        double[] balanced = weights(equal, target, new ClassWeights.Balanced());
        assertEquals(balanced[3], balanced[0] + balanced[1] + balanced[2], 1e-14);
    }

    private static double[] weights(Table table, TargetEncoding target, ClassWeights classes) {
        return CaseWeights.of(table, target, classes).orElseThrow();
    }

    @Test
    void weightsOutOfRangeAreNamed() {
        Column labels = CategoricalColumn.of(List.of("a", "b"));
        TargetEncoding target = fit(TargetKind.INFERRED, labels);
        for (double[] bad : new double[][]{{1, -1}, {1, Double.NaN}, {0, 0}}) {
            Table table = table(labels).with("w", ColumnRole.WEIGHT, NumericColumn.of(bad));
            assertThrows(InputException.class, () -> CaseWeights.of(table, target, new ClassWeights.Equal()));
        }
        ClassWeights unknown = new ClassWeights.Given(Map.of("c", 1.0));
        assertThrows(InputException.class, () -> CaseWeights.of(table(labels), target, unknown));
        assertThrows(IllegalArgumentException.class, () -> new ClassWeights.Given(Map.of("a", 0.0)));
        Table numbers = table(NumericColumn.of(1, 2.5));
        TargetEncoding number = TargetEncoding.fit(numbers, TargetKind.INFERRED, Scaling.NONE);
        assertThrows(InputException.class, () -> CaseWeights.of(numbers, number, new ClassWeights.Balanced()));
    }
}
