package io.quadric.engine.table.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("table")
class CsvFileProperties {
    private static final List<String> TEXTS = List.of("x", "a b", "say \"hi\"", "two\nlines", "1,5;2|3\t4", "ü€😀",
            "0x1");

    /// Any double, by its bits.
    private static double number(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextInt();
    }

    private static String written(List<double[]> numbers, List<String> texts, char separator) throws IOException {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(out)) {
            csv.writeRecord("n1", "text", "n2");
            for (int i = 0; i < texts.size(); i++) {
                csv.writeRecord(Double.toString(numbers.get(i)[0]), texts.get(i), Double.toString(numbers.get(i)[1]));
            }
        }
        return out.toString();
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) throws IOException {
        Random random = new Random(seed);
        List<double[]> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            numbers.add(new double[]{number(random), number(random)});
            texts.add(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        String text = written(numbers, texts, ",;\t|".charAt(random.nextInt(4)));
        Table table = CsvFile.read(Input.of("t", text.getBytes(StandardCharsets.UTF_8)), CsvFormat.detected(),
                ColumnRules.inferred().withCategorical(Set.of("text")));
        assertEquals(rows, table.rows());
        for (int i = 0; i < rows; i++) {
            assertEquals(numbers.get(i)[0], table.numeric("n1").get(i));
            assertEquals(texts.get(i), table.categorical("text").text(i));
            assertEquals(numbers.get(i)[1], table.numeric("n2").get(i));
        }
    }

    @Property(tries = 2000)
    void numbersAreReadAsTheJdkReadsThem(@ForAll long seed) {
        Random random = new Random(seed);
        String digits = Long.toString(random.nextLong() >>> (1 + random.nextInt(63)));
        int point = random.nextInt(digits.length() + 1);
        String plain = digits.substring(0, point) + (random.nextBoolean() ? "." : "") + digits.substring(point);
        String text = (random.nextBoolean() ? "-" : "") + plain
                + (random.nextBoolean() ? "" : "e" + (random.nextInt(60) - 30));
        DecimalNumber number = new DecimalNumber('.');
        assertEquals(true, number.read(text), text);
        assertEquals(Double.parseDouble(text), number.value(), text);
    }
}
