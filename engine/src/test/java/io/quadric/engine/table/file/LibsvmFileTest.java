package io.quadric.engine.table.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibsvmFileTest {
    private static Table read(String text, OptionalInt features) {
        return LibsvmFile.read(Input.of("f", text.getBytes()), Precision.FLOAT64, features);
    }

    @Test
    void absentElementsAreZeros() {
        Table table = read("+1 2:0.5 3:-1e2 # remark\r\n\n# only a remark\n-1\n2.5 1:3\n", OptionalInt.empty());
        assertEquals(List.of("1", "2", "3", "label"), table.schema().names());
        assertArrayEquals(new double[]{1, -1, 2.5}, table.numeric("label").toArray());
        assertArrayEquals(new double[]{0, 0, 3}, table.numeric("1").toArray());
        assertArrayEquals(new double[]{0.5, 0, 0}, table.numeric("2").toArray());
        assertArrayEquals(new double[]{-100, 0, 0}, table.numeric("3").toArray());
        assertEquals(6, read("1 2:1\n", OptionalInt.of(5)).schema().fields().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 0:2                | '0:2', expected indices from 1
            1 2:1 1:2            | '1:2', expected an index above 2
            1 1:2 1:3            | '1:3', expected an index above 1
            1 -1:3               | '-1:3', expected index:value
            1 qid:3 1:2          | 'qid:3', expected no queries: ranking is not supported
            a 1:2                | 'a', expected a number as label
            1,2 1:2              | '1,2', expected a number as label
            1 1:x                | '1:x', expected index:value
            1 1                  | '1', expected index:value
            1 1:                 | '1:', expected index:value
            1 1:nan              | '1:nan', expected index:value
            1 99999999999:1      | '99999999999:1', expected indices from 1
            """)
    void aMalformedLineIsNamed(String line, String complaint) {
        String message = assertThrows(InputException.class, () -> read("1 1:1\n" + line, OptionalInt.empty()))
                .getMessage();
        assertEquals("f: line 2: " + complaint, message);
    }

    @Test
    void whatHasNoCaseOrTooManyFeaturesIsRefused() {
        assertThrows(InputException.class, () -> read("", OptionalInt.empty()));
        assertThrows(InputException.class, () -> read("1\n-1\n", OptionalInt.empty()));
        assertEquals("f: line 1: '7:1', expected indices from 1 and at most 6",
                assertThrows(InputException.class, () -> read("1 7:1", OptionalInt.of(6))).getMessage());
        assertThrows(InputException.class, () -> read("1 2000000000:1", OptionalInt.empty()));
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(7);
        double[][] dense = new double[50][20];
        StringBuilder text = new StringBuilder();
        for (double[] row : dense) {
            text.append(random.nextInt(3));
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextInt(4) == 0 || j == 19 ? random.nextGaussian() : 0;
                text.append(row[j] == 0 ? "" : String.format(Locale.ROOT, " %d:%s", j + 1, row[j]));
            }
            text.append('\n');
        }
        Table table = read(text.toString(), OptionalInt.empty());
        for (int i = 0; i < dense.length; i++) {
            for (int j = 0; j < 20; j++) {
                assertEquals(dense[i][j], table.numeric(Integer.toString(j + 1)).get(i));
            }
        }
    }

    @Test
    void linesComeInBlocks() {
        String lines = "1 1:2\n-1 2:3\n# remark\n1 1:4 2:5\n";
        for (int rows = 1; rows < 5; rows++) {
            List<Table> blocks = new ArrayList<>();
            LibsvmFile.read(Input.of("t", lines.getBytes(StandardCharsets.UTF_8)), Precision.FLOAT64, 2,
                    new Blocks(rows, blocks::add));
            assertEquals((3 + rows - 1) / rows, blocks.size());
            assertEquals(5, blocks.getLast().numeric("2").get(blocks.getLast().rows() - 1));
            assertEquals(3, blocks.stream().mapToInt(Table::rows).sum());
        }
    }
}
