package io.quadric.engine.table.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.quadric.engine.InputException;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files were made by `make_tables.py` beside them; `endless.parquet` is a damaged one.
class ParquetFileTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path temp;

    private Path file(String name) throws IOException {
        try (InputStream in = ParquetFileTest.class.getResourceAsStream(name)) {
            return Files.write(temp.resolve(name), in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.parquet", "gzip.parquet", "snappy.parquet"})
    void whatPyarrowWroteIsRead(String name) throws IOException {
        Table table = ParquetFile.read(file(name), ColumnRules.target("price"));
        assertArrayEquals(new double[]{31, Double.NaN, 45, 27}, table.numeric("age").toArray());
        assertArrayEquals(new double[]{1.5, 2.25, 3, 4.75}, table.numeric("price").toArray());
        assertArrayEquals(new double[]{12.34, Double.NaN, -0.05, 7}, table.numeric("cents").toArray());
        assertEquals(10, table.numeric("day").get(0));
        assertEquals("Oslo", table.categorical("town").text(1));
        assertTrue(table.column("town").isMissing(2));
        assertEquals("false", table.categorical("ok").text(1));
        assertEquals(ColumnRole.TARGET, table.schema().find("price").orElseThrow().role());
    }

    @Test
    void aKnownSchemaDecidesColumnsAndTypes() throws IOException {
        ColumnRules rules = ColumnRules.inferred().withCategorical(Set.of("age"))
                .withIgnored(Set.of("town", "ok", "day", "cents"));
        Table table = ParquetFile.read(file("snappy.parquet"), rules);
        assertEquals("31", table.categorical("age").text(0));
        assertEquals(table.schema(), ParquetFile.read(file("gzip.parquet"), table.schema()).schema());
        Schema unknown = Table.of(new double[][]{{1}}).schema();
        refused(() -> ParquetFile.read(file("none.parquet"), unknown), "column x1 not found among age, town");
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        Path lists = file("lists.parquet");
        refused(() -> ParquetFile.read(lists, ColumnRules.inferred()), "column 'a.list.element' holds lists");
        assertEquals(2, ParquetFile.read(lists, ColumnRules.inferred().withIgnored(Set.of("a.list.element"))).rows());
        refused(() -> ParquetFile.read(file("zstd.parquet"), ColumnRules.inferred()),
                "compressed by other than Snappy or gzip");
        refused(() -> ParquetFile.read(temp.resolve("no"), ColumnRules.inferred()), "no such file");
        Path text = Files.writeString(temp.resolve("text"), "a,b\n");
        refused(() -> ParquetFile.read(text, ColumnRules.inferred()), "not a Parquet file");
    }

    @Test
    void everyTruncationIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(file("none.parquet"));
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(temp.resolve("cut"), Arrays.copyOf(whole, length));
            refused(() -> ParquetFile.read(cut, ColumnRules.inferred()), "Parquet");
        }
    }

    /// Hardwood read on for ever.
    @Test
    @Timeout(60)
    void aPageThatIsLongerThanItsColumnIsRefused() throws IOException {
        refused(() -> ParquetFile.read(file("endless.parquet"), ColumnRules.inferred()), "damaged");
    }

    /// Snappy's native code wrote beyond its buffer where its data, or their page, were longer than the other said.
    @Test
    @Timeout(60)
    void lengthsOfPagesAreNotTrusted() throws IOException {
        byte[] whole = Files.readAllBytes(file("snappy.parquet"));
        int refused = 0;
        for (int at = 4; at < 110; at++) { // the first pages
            byte[] changed = whole.clone();
            changed[at]++;
            Path file = Files.write(temp.resolve("changed"), changed);
            try {
                ParquetFile.read(file, ColumnRules.inferred());
            } catch (InputException e) {
                refused++;
            }
        }
        assertTrue(refused > 20, refused + " refused");
    }

    /// Hardwood reads elements of a list as what belongs there, whatever the list says they are, and none of booleans;
    /// so what is within a text may become a length, of which it makes an array.
    @ParameterizedTest
    @ValueSource(strings = {"1502 1918 48 ffffff7f", "1502 99e1 18 ffffff7f"})
    void typesOfElementsAreNotTrusted(String beginning) throws IOException {
        byte[] begun = HexFormat.of().parseHex(beginning.replace(" ", ""));
        int length = begun.length + 80;
        ByteBuffer bytes = ByteBuffer.allocate(4 + length + 8).order(ByteOrder.LITTLE_ENDIAN)
                .put("PAR1".getBytes(StandardCharsets.US_ASCII)).put(begun).position(4 + length).putInt(length)
                .put("PAR1".getBytes(StandardCharsets.US_ASCII));
        Path file = Files.write(temp.resolve("lists"), bytes.array());
        long before = THREAD.getCurrentThreadAllocatedBytes();
        refused(() -> ParquetFile.read(file, ColumnRules.inferred()), "damaged");
        long taken = THREAD.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < 8 << 20, taken + " bytes");
    }

    private interface Reading {
        Table read() throws IOException;
    }

    private static void refused(Reading reading, String complaint) {
        String message = assertThrows(InputException.class, reading::read).getMessage();
        assertTrue(message.contains(complaint) || message.contains("damaged"), message);
    }
}
