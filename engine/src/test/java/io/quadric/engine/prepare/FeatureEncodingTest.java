package io.quadric.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureEncodingTest {
    private static final PreparationRules RULES = PreparationRules.defaults();
    private static final PreparationRules PLAIN = RULES.withScaling(Scaling.NONE);

    private static Table numbers(double... values) {
        return Table.of(Matrix.of(values.length, 1, values));
    }

    private static Table texts(String... texts) {
        return Table.of(new double[texts.length][1]).withRole("x1", ColumnRole.IGNORED)
                .with("town", ColumnRole.FEATURE, CategoricalColumn.of(List.of(texts)));
    }

    private static double[][] encode(FeatureEncoding encoding, Table table) {
        return encoding.encode(table, Precision.FLOAT64).toArray();
    }

    @Test
    void standardisedColumnsHaveMeanZeroAndDeviationOne() {
        double[] values = new Random(1).doubles(1000, 50, 70).toArray();
        double[] z = FeatureEncoding.fit(numbers(values), RULES).encode(numbers(values), Precision.FLOAT64).flat()
                .toArray();
        assertEquals(0, Arrays.stream(z).average().orElseThrow(), 1e-12);
        assertEquals(1, Arrays.stream(z).map(x -> x * x).average().orElseThrow(), 1e-12);
        double[] m = FeatureEncoding.fit(numbers(values), RULES.withScaling(Scaling.MIN_MAX))
                .encode(numbers(values), Precision.FLOAT64).flat().toArray();
        assertEquals(0, Arrays.stream(m).min().orElseThrow());
        assertEquals(1, Arrays.stream(m).max().orElseThrow(), 1e-15);
    }

    @ParameterizedTest
    @EnumSource(Scaling.class)
    void constantColumnsDoNotDivideByZero(Scaling scaling) {
        FeatureEncoding encoding = FeatureEncoding.fit(numbers(0.1, 0.1, 0.1), RULES.withScaling(scaling));
        double shift = scaling == Scaling.NONE ? 0 : 0.1;
        assertArrayEquals(new double[]{0.1 - shift}, encode(encoding, numbers(0.1))[0]);
        assertArrayEquals(new double[]{0.3 - shift}, encode(encoding, numbers(0.3))[0]);
    }

    /// A large mean does not cost the digits of the deviation, and a tiny deviation is not 0; one without a reciprocal
    /// is refused.
    @Test
    void badlyScaledColumns() {
        double[][] z = encode(FeatureEncoding.fit(numbers(1e9 + 1, 1e9 + 2, 1e9 + 3), RULES), numbers(1e9 + 3));
        assertEquals(Math.sqrt(1.5), z[0][0], 1e-9);
        for (double size : new double[]{1e-150, 1e-155, 1e-170, 1e-300}) {
            double[][] tiny = encode(FeatureEncoding.fit(numbers(0, size, 2 * size), RULES), numbers(2 * size));
            assertEquals(Math.sqrt(1.5), tiny[0][0], 1e-9, "of size " + size);
        }
        assertThrows(InputException.class, () -> FeatureEncoding.fit(numbers(0, 1e-320), RULES));
        assertThrows(InputException.class, () -> FeatureEncoding.fit(numbers(-1e308, 1e308), RULES));
        assertEquals("row 2, column 'x1': Infinity, expected a finite number", assertThrows(InputException.class,
                () -> FeatureEncoding.fit(numbers(1, Double.POSITIVE_INFINITY), RULES)).getMessage());
    }

    @Test
    void missingNumbersAreFilledByTheRule() {
        Table table = numbers(1, 4, Double.NaN, 1, 10);
        assertArrayEquals(new double[]{4, 1}, filled(table, new NumberFill.Mean()));
        assertArrayEquals(new double[]{2.5, 1}, filled(table, new NumberFill.Median()));
        assertArrayEquals(new double[]{1, 1}, filled(table, new NumberFill.MostFrequent()));
        assertArrayEquals(new double[]{-7, 1}, filled(table, new NumberFill.Constant(-7)));
        assertThrows(InputException.class, () -> filled(table, new NumberFill.Refused()));
        assertArrayEquals(new double[]{0, 1},
                filled(numbers(Double.NaN, Double.NaN, Double.NaN), new NumberFill.Mean()));
        FeatureEncoding without = FeatureEncoding.fit(table, PLAIN.withIndicator(false));
        assertEquals(List.of("x1"), without.outputs());
        assertEquals(List.of("x1", "x1 missing"), FeatureEncoding.fit(table, PLAIN).outputs());
    }

    private static double[] filled(Table table, NumberFill fill) {
        return encode(FeatureEncoding.fit(table, PLAIN.withNumbers(fill)), table)[2];
    }

    @Test
    void datesOfARowAreDays() {
        FeatureEncoding encoding = FeatureEncoding.fit(numbers(0, 1, 2), PLAIN);
        for (Object date : List.of(LocalDate.of(1970, 1, 3), "1970-01-03", Instant.ofEpochSecond(2 * 86_400), 2)) {
            double[] inputs = new double[1];
            encoding.encode(Map.of("x1", date), inputs);
            assertEquals(2, inputs[0], date.toString());
        }
        assertThrows(InputException.class, () -> encoding.encode(Map.of("x1", "1970-13-03"), new double[1]));
    }

    @Test
    void categoriesAreSortedAndOneIsHot() {
        FeatureEncoding encoding = FeatureEncoding.fit(texts("Rome", "", "Oslo", "Rome"), RULES);
        assertEquals(List.of("town=Oslo", "town=Rome", "town missing"), encoding.outputs());
        double[][] rows = encode(encoding, texts("Oslo", "Rome", "", "Bonn"));
        assertArrayEquals(new double[][]{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}}, rows);
    }

    @Test
    void unseenAndRareCategoriesFollowTheRule() {
        Table train = texts("a", "a", "b", "b", "c", "a");
        FeatureEncoding other = FeatureEncoding.fit(train, RULES.withUnseen(Unseen.OWN_COLUMN).withMostCategories(2));
        assertEquals(List.of("town=a", "town=b", "town other"), other.outputs());
        assertArrayEquals(new double[][]{{0, 0, 1}, {0, 0, 1}, {1, 0, 0}}, encode(other, texts("c", "new", "a")));
        FeatureEncoding refused = FeatureEncoding.fit(train, RULES.withUnseen(Unseen.REFUSED));
        assertEquals("row 2, column 'town': 'new', expected one of a, b, c",
                assertThrows(InputException.class, () -> encode(refused, texts("a", "new"))).getMessage());
    }

    @Test
    void missingCategoriesFollowTheRule() {
        Table train = texts("a", "b", "b", "");
        assertArrayEquals(new double[]{0, 1}, missing(train, new CategoryFill.MostFrequent()));
        assertArrayEquals(new double[]{1, 0}, missing(train, new CategoryFill.Constant("a")));
        assertArrayEquals(new double[]{0, 0}, missing(train, new CategoryFill.Zeros()));
        assertThrows(InputException.class, () -> missing(train, new CategoryFill.Refused()));
        assertThrows(InputException.class, () -> missing(train, new CategoryFill.Constant("c")));
    }

    private static double[] missing(Table train, CategoryFill fill) {
        return encode(FeatureEncoding.fit(train, RULES.withCategories(fill)), train)[3];
    }

    /// One row by name, one row of numbers and the rows of a table give the same bits, in both precisions.
    @Test
    void rowsAndTablesAgree() {
        Random random = new Random(5);
        double[][] rows = random.doubles(900)
                .mapToObj(x -> new double[]{x, random.nextInt(5) == 0 ? Double.NaN : x * x})
                .toArray(double[][]::new);
        Table table = Table.of(rows);
        FeatureEncoding encoding = FeatureEncoding.fit(table, RULES);
        Matrix batch = encoding.encode(table, Precision.FLOAT64);
        double[] one = new double[encoding.width()];
        for (int i = 0; i < rows.length; i++) {
            encoding.encode(rows[i], one);
            assertArrayEquals(batch.row(i).toArray(), one);
            encoding.encode(Map.of("x1", rows[i][0], "x2", rows[i][1], "more", "text"), one);
            assertArrayEquals(batch.row(i).toArray(), one);
        }
        assertEquals((float) batch.get(899, 1), encoding.encode(table, Precision.FLOAT32).get(899, 1));
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        Table train = texts("a", "b").withRole("x1", ColumnRole.FEATURE);
        FeatureEncoding encoding = FeatureEncoding.fit(train, RULES);
        double[] out = new double[encoding.width()];
        Map<String, Object> row = new HashMap<>(Map.of("x1", 2, "town", "b"));
        encoding.encode(row, out);
        assertArrayEquals(new double[]{2, 0, 1}, out);
        row.put("town", null);
        encoding.encode(row, out);
        assertArrayEquals(new double[]{2, 0, 0}, out);
        row.put("x1", "two");
        assertEquals("column 'x1': 'two', expected a number",
                assertThrows(InputException.class, () -> encoding.encode(row, out)).getMessage());
        row.remove("x1");
        assertEquals("column 'x1' is missing among town",
                assertThrows(InputException.class, () -> encoding.encode(row, out)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> encoding.encode(new double[3], out));
        assertThrows(InputException.class, () -> encoding.encode(new double[]{Double.NEGATIVE_INFINITY, 0}, out));
        assertThrows(InputException.class,
                () -> FeatureEncoding.fit(texts("a").withRole("town", ColumnRole.IGNORED), RULES));
    }

    @Test
    void numbersAreReadAsCategoriesWhereTheModelHasSome() {
        FeatureEncoding encoding = FeatureEncoding.fit(texts("3", "7"), RULES);
        Table table = Table.of(new double[2][1]).withRole("x1", ColumnRole.IGNORED)
                .with("town", ColumnRole.FEATURE, NumericColumn.of(7, 3));
        assertArrayEquals(new double[][]{{0, 1}, {1, 0}}, encode(encoding, table));
    }
}
