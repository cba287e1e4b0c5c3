package io.quadric.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationJsonTest {
    private static Table random(Random random, boolean classes) {
        int rows = 5 + random.nextInt(30);
        List<String> texts = IntStream.range(0, rows).mapToObj(i -> random.nextInt(4) == 0 ? "" : "ü" + i % 5).toList();
        Column target = classes
                ? CategoricalColumn.of(IntStream.range(0, rows).mapToObj(i -> "k" + i % 3).toList())
                : NumericColumn.of(random.doubles(rows).toArray());
        double[][] numbers = random.doubles(rows)
                .mapToObj(x -> new double[]{x, random.nextInt(5) == 0 ? Double.NaN : 1e9 * x})
                .toArray(double[][]::new);
        Table table = Table.of(numbers).with("text", ColumnRole.FEATURE, CategoricalColumn.of(texts))
                .with("y", ColumnRole.TARGET, target);
        return random.nextBoolean()
                ? table
                : table.with("s", ColumnRole.SEQUENCE,
                        NumericColumn.of(IntStream.range(0, rows).mapToDouble(i -> i / 3).toArray()));
    }

    private static PreparationRules rules(Random random) {
        return PreparationRules.defaults()
                .withScaling(Scaling.values()[random.nextInt(3)])
                .withUnseen(Unseen.values()[random.nextInt(2)])
                .withMostCategories(1 + random.nextInt(6))
                .withIndicator(random.nextBoolean())
                .withTargets(Scaling.values()[random.nextInt(3)]);
    }

    private static JsonPart parsed(String text) {
        return JsonPart.parse(text);
    }

    @Test
    void whatIsWrittenIsReadAndPreparesTheSameBits() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Table table = random(random, seed % 2 == 0);
            Preparation preparation = Preparation.fit(table, rules(random), TargetKind.INFERRED);
            Preparation again = PreparationJson.read(parsed(PreparationJson.write(preparation).toString()));
            assertEquals(preparation.target(), again.target());
            assertEquals(preparation.features().encoders(), again.features().encoders());
            assertEquals(preparation.features().outputs(), again.features().outputs());
            assertEquals(preparation.sequence(), again.sequence());
            assertArrayEquals(
                    preparation.features().encode(table, Precision.FLOAT64).toArray(),
                    again.features().encode(table, Precision.FLOAT64).toArray());
            assertArrayEquals(
                    preparation.target().encode(table, Precision.FLOAT64).toArray(),
                    again.target().encode(table, Precision.FLOAT64).toArray());
        }
    }

    @Test
    void refusedNumbersStayRefused() {
        Table table = Table.of(new double[][]{{1}, {2}}).with("y", ColumnRole.TARGET, NumericColumn.of(1, 2));
        Preparation preparation = Preparation.fit(
                table, PreparationRules.defaults().withNumbers(new NumberFill.Refused()), TargetKind.INFERRED);
        Preparation again = PreparationJson.read(parsed(PreparationJson.write(preparation).toString()));
        assertThrows(InputException.class, () -> again.features().encode(new double[]{Double.NaN}, new double[1]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "shift":0,"factor":0,"indicator":false            | factor 0.0, expected finite numbers
            "shift":0,"indicator":false                       | member 'factor' is missing at features[0]
            "shift":0,"factor":1,"more":1                     | unknown member 'more' at features[0]
            "categories":["x"],"missing":7,"unseen":-1        | 7 at features[0].missing
            "categories":["x"],"missing":-1.5,"unseen":-1     | -1.5 at features[0].missing
            "categories":["x","x"],"missing":-1,"unseen":-1   | two of the categories
            """)
    void aFeatureThatDoesNotFitIsNamed(String members, String complaint) {
        refused("[{\"column\":\"a\"," + members + "}]", "{}", complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"numbers":[]}                                    | [] at target.numbers, expected at least one column
            {"numbers":[{"column":"y","shift":0}]}            | member 'factor' is missing at target.numbers[0]
            {"column":"y","type":"date","classes":[]}         | expected numeric or categorical
            {"column":"y","type":"numeric","classes":["1"]}   | has one class
            """)
    void aTargetThatDoesNotFitIsNamed(String target, String complaint) {
        refused("[{\"column\":\"a\",\"shift\":0,\"factor\":1,\"indicator\":false}]", target, complaint);
        refused("[]", target, "[] at features, expected at least one column");
    }

    private static void refused(String features, String target, String complaint) {
        JsonPart part = parsed("{\"features\":" + features + ",\"target\":" + target + "}");
        String message = assertThrows(InputException.class, () -> PreparationJson.read(part)).getMessage();
        assertTrue(message.contains(complaint), message);
    }
}
