package io.quadric.engine.table.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private static Table read(String text) {
        return read(text, CsvFormat.detected(), ColumnRules.inferred());
    }

    private static Table read(String text, CsvFormat format, ColumnRules rules) {
        return CsvFile.read(Input.of("t.csv", text.getBytes(StandardCharsets.UTF_8)), format, rules);
    }

    private static List<String> texts(Table table, String column) {
        Column values = table.column(column);
        return IntStream.range(0, table.rows()).mapToObj(values::text).toList();
    }

    @Test
    void numbersCategoriesMissingValuesAndRoles() {
        Table table = read("age,town,price,y\n31,Rome,1.5,yes\nNA,\"Oslo, N\",2e1,no\n45,?,-3,yes\n",
                CsvFormat.detected(), ColumnRules.inferred());
        assertEquals(new Schema(List.of(
                new Field("age", ColumnType.NUMERIC, ColumnRole.FEATURE),
                new Field("town", ColumnType.CATEGORICAL, ColumnRole.FEATURE),
                new Field("price", ColumnType.NUMERIC, ColumnRole.FEATURE),
                new Field("y", ColumnType.CATEGORICAL, ColumnRole.TARGET))), table.schema());
        assertArrayEquals(new double[]{31, Double.NaN, 45}, table.numeric("age").toArray());
        assertEquals(List.of("Rome", "Oslo, N", ""), texts(table, "town"));
        assertArrayEquals(new double[]{1.5, 20, -3}, table.numeric("price").toArray());
        assertEquals(1, table.column("town").missing());
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|', ' '})
    void separatorsAreDetected(char separator) {
        Table table = read("a,b,c\n1,x,2.5\n3,y,4.5\n".replace(',', separator));
        assertEquals(List.of("a", "b", "c"), table.schema().names());
        assertArrayEquals(new double[]{2.5, 4.5}, table.numeric("c").toArray());
    }

    @Test
    void decimalCommasAreDetectedWhereCommasDoNotSeparate() {
        assertArrayEquals(new double[]{1.5, 2}, read("a;b\n1,5;x\n2;y\n").numeric("a").toArray());
        assertEquals(List.of("1,5", "2.5"), texts(read("a;b\n1,5;x\n2.5;y\n", CsvFormat.detected(),
                ColumnRules.inferred().withCategorical(Set.of("a"))), "a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            price@1@2               | price
            a,b@1,2                 | a,b
            1,2@3,4                 | c1,c2
            p,x,s@e,x,s@e,b,y       | c1,c2,c3
            who,what@ann,tea@bob,ale | who,what
            ,a@0,5@1,6              | c1,a
            a,2020@1,2              | c1,c2
            """)
    void aHeaderIsDetected(String text, String names) {
        assertEquals(List.of(names.split(",")), read(text.replace('@', '\n')).schema().names());
    }

    @Test
    void aHeaderCanBeGivenOrDenied() {
        CsvFormat given = CsvFormat.detected().withHeader(CsvFormat.Header.PRESENT);
        assertEquals(List.of("a", "2020"), read("a,2020\n1,2\n", given, ColumnRules.inferred()).schema().names());
        CsvFormat denied = CsvFormat.detected().withHeader(CsvFormat.Header.ABSENT);
        assertEquals(2, read("a,b\nc,d\n", denied, ColumnRules.inferred()).rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkDecidesTheEncoding(String encoding) {
        byte[] bytes = "\ufeffname,town\n1,Zürich\n".getBytes(Charset.forName(encoding));
        CsvFormat other = CsvFormat.detected().withEncoding(StandardCharsets.ISO_8859_1);
        Table table = CsvFile.read(Input.of("t", bytes), other, ColumnRules.inferred());
        assertEquals(List.of("name", "town"), table.schema().names());
        assertEquals("Zürich", table.column("town").text(0));
    }

    @Test
    void anotherEncodingIsGivenOrNamed() {
        byte[] bytes = "name,town\n1,Bern\n2,Zürich\n".getBytes(StandardCharsets.ISO_8859_1);
        CsvFormat latin = CsvFormat.detected().withEncoding(StandardCharsets.ISO_8859_1);
        Table table = CsvFile.read(Input.of("t", bytes), latin, ColumnRules.inferred());
        assertEquals("Zürich", table.column("town").text(1));
        InputException e = assertThrows(InputException.class,
                () -> CsvFile.read(Input.of("t", bytes), CsvFormat.detected(), ColumnRules.inferred()));
        assertTrue(e.getMessage().startsWith("t: line 3: byte 0xfc is not text in UTF-8"), e.getMessage());
    }

    /// Line breaks are written as @.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a,b@1,2@3               | line 3: 1 cell, expected 2 as in the header
            a,b@1,2@3,4,5           | line 3: 3 cells, expected 2 as in the header
            a,b,a@1,2,3             | column 3 is called 'a' as column 1 is, expected different names
            a,b                     | there is no record
            x,y@                    | there is no record
            @@                      | there is no record
            a,b@1,"2@3,4@           | Unclosed quoted field
            a,b@1,"2"3@             | Unexpected character after closing quote
            """)
    void malformedTextIsNamed(String text, String complaint) {
        String content = text.replace('@', '\n');
        CsvFormat format = CsvFormat.detected().withHeader(CsvFormat.Header.PRESENT);
        String message = assertThrows(InputException.class, () -> read(content, format, ColumnRules.inferred()))
                .getMessage();
        assertTrue(message.startsWith("t.csv: ") && message.contains(complaint)
                || message.equals("t.csv: there is a header and no record after it, expected at least one"), message);
    }

    @Test
    void aTextAmongNumbersIsNamedByLineAndColumnAlsoAfterTheSample() {
        String numbers = "1,2\n".repeat(2000);
        String early = "a,b\n1,2\n3,oops\n" + numbers;
        String late = "a,b\n" + numbers + "3,oops\n";
        assertTrue(assertThrows(InputException.class, () -> read(early)).getMessage()
                .startsWith("t.csv: line 3, column 'b': 'oops' is no number"));
        assertTrue(assertThrows(InputException.class, () -> read(late)).getMessage()
                .startsWith("t.csv: line 2002, column 'b': 'oops' is no number"));
        ColumnRules rules = ColumnRules.inferred().withCategorical(Set.of("b"));
        assertEquals("oops", read(late, CsvFormat.detected(), rules).column("b").text(2000));
        CsvFormat missing = CsvFormat.detected().withMissing(Set.of("Oops"));
        assertEquals(1, read(late, missing, ColumnRules.inferred()).column("b").missing());
    }

    @Test
    void aColumnWithoutAValueInTheSampleHasTheTypeOfItsFirstValue() {
        StringBuilder text = new StringBuilder("a,number,category,nothing\n");
        for (int i = 0; i < 1500; i++) {
            text.append(i).append(i < 1200 ? ",,,\n" : "," + i / 2.0 + ",k" + i % 3 + ",\n");
        }
        Table table = read(text.toString());
        assertEquals(749.5, table.numeric("number").get(1499));
        assertEquals(1200, table.numeric("number").missing());
        assertEquals("k2", table.categorical("category").text(1499));
        assertEquals(ColumnRole.IGNORED, table.schema().find("nothing").orElseThrow().role());
    }

    @Test
    void namesRemarksAndIndicesAreLeftAsideUnlessGiven() {
        StringBuilder text = new StringBuilder(",name,x\n");
        for (int i = 0; i < 300; i++) {
            text.append(i).append(",n").append(i).append(',').append(i % 7).append('\n');
        }
        Table table = read(text.toString());
        assertEquals(List.of("x"), table.schema().only(ColumnRole.FEATURE).names());
        ColumnRules rules = ColumnRules.inferred().withCategorical(Set.of("name"));
        assertEquals(List.of("name", "x"),
                read(text.toString(), CsvFormat.detected(), rules).schema().only(ColumnRole.FEATURE).names());
    }

    @Test
    void rulesGiveRolesAndUnknownColumnsAreNamed() {
        ColumnRules rules = ColumnRules.target("price").withWeight("w").withSequence("s").withIgnored(Set.of("y"));
        Table table = read("price,w,s,y,a\n1,2,p,4,5\n", CsvFormat.detected(), rules);
        assertEquals(List.of("price:target", "w:weight", "s:sequence", "a:feature"), table.schema().fields().stream()
                .map(field -> field.name() + ":" + field.role().label()).toList());
        String message = assertThrows(InputException.class,
                () -> read("price,a\n1,2\n", CsvFormat.detected(), ColumnRules.target("prize"))).getMessage();
        assertEquals("t.csv: no column 'prize', expected one of price, a; did you mean 'price'?", message);
        assertThrows(IllegalArgumentException.class, () -> ColumnRules.target("a").withIgnored(Set.of("a")));
        assertThrows(IllegalArgumentException.class,
                () -> ColumnRules.inferred().withNumeric(Set.of("a")).withCategorical(Set.of("a")));
    }

    @Test
    void aKnownSchemaIsFoundByNameInAnyOrder() {
        Schema schema = read("a,b\n1,x\n").schema();
        Table table = CsvFile.read(Input.of("t", "more,b,a\n0,7,2\n".getBytes()), CsvFormat.detected(), schema);
        assertEquals(schema, table.schema());
        assertEquals("7", table.categorical("b").text(0));
        assertEquals(2, table.numeric("a").get(0));
        String message = assertThrows(InputException.class,
                () -> CsvFile.read(Input.of("t", "b,c\nx,1\n".getBytes()), CsvFormat.detected(), schema)).getMessage();
        assertEquals("t: column a not found among b, c", message);
        Schema numbered = read("1,2\n3,4\n").schema();
        assertEquals(9, CsvFile.read(Input.of("t", "8,9\n".getBytes()), CsvFormat.detected(), numbered)
                .numeric("c2").get(0));
        assertThrows(InputException.class,
                () -> CsvFile.read(Input.of("t", "8\n9\n".getBytes()), CsvFormat.detected(), numbered));
    }

    /// Blocks are the table cut into pieces, also where the last one is full; nothing after a mistake is handed over.
    @Test
    void aTableComesInBlocks() {
        String lines = IntStream.range(0, 12).mapToObj(i -> i + ",t" + i % 5 + "\n").collect(Collectors.joining());
        Schema schema = new Schema(List.of(
                new Field("t", ColumnType.CATEGORICAL, ColumnRole.FEATURE),
                new Field("x", ColumnType.NUMERIC, ColumnRole.FEATURE)));
        for (int rows : new int[]{1, 5, 6, 12, 100}) {
            List<Table> blocks = new ArrayList<>();
            Input input = Input.of("t", ("x,t\n" + lines).getBytes(StandardCharsets.UTF_8));
            CsvFile.read(input, CsvFormat.detected(), schema, new Blocks(rows, blocks::add));
            assertEquals((12 + rows - 1) / rows, blocks.size());
            assertTrue(blocks.stream().allMatch(block -> block.rows() <= rows));
            List<String> texts = blocks.stream().flatMap(block -> IntStream.range(0, block.rows())
                    .mapToObj(i -> block.column("x").text(i) + block.column("t").text(i))).toList();
            assertEquals(IntStream.range(0, 12).mapToObj(i -> i + "t" + i % 5).toList(), texts);
        }
        int[] seen = {0};
        Input wrong = Input.of("t", ("x,t\n" + lines + "oops,t\n").getBytes(StandardCharsets.UTF_8));
        assertThrows(InputException.class, () -> CsvFile.read(wrong, CsvFormat.detected(), schema,
                new Blocks(5, block -> seen[0] += block.rows())));
        assertEquals(10, seen[0]);
    }

    @Test
    void charactersThatAreNoTextAreNamed() {
        byte[] utf16 = "x,y\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        String message = assertThrows(InputException.class, () -> CsvFile.read(
                Input.of("t", utf16), CsvFormat.detected(), ColumnRules.inferred())).getMessage();
        assertTrue(message.contains("line 1: a character 0") && message.contains("UTF-16LE"), message);
        Table table = CsvFile.read(Input.of("t", utf16), CsvFormat.detected().withEncoding(StandardCharsets.UTF_16LE),
                ColumnRules.inferred());
        assertEquals(2, table.numeric("y").get(0));
    }

    @Test
    void datesAreDays() {
        String text = "when,x\n1970-01-02,1\n2024-02-29 12:00,2\n2024-03-01T06:00:00Z,3\n,4\n";
        Table table = CsvFile.read(
                Input.of("t", text.getBytes(StandardCharsets.UTF_8)), CsvFormat.detected(), ColumnRules.inferred());
        assertArrayEquals(new double[]{1, 19782.5, 19783.25, Double.NaN}, table.numeric("when").toArray());
        assertEquals("2024-02-29T12:00", table.column("when").text(1));
        assertTrue(table.describe().contains("1970-01-02 … 2024-03-01T06:00"), table.describe());
        Table known = CsvFile.read(
                Input.of("t", text.getBytes(StandardCharsets.UTF_8)), CsvFormat.detected(), table.schema());
        assertArrayEquals(table.numeric("when").toArray(), known.numeric("when").toArray());
        String wrong = text + "2024-02-30,5\n".repeat(1) + "2024-01-01,1\n".repeat(20);
        String message = assertThrows(InputException.class, () -> CsvFile.read(
                Input.of("t", wrong.getBytes(StandardCharsets.UTF_8)), CsvFormat.detected(), ColumnRules.inferred()))
                .getMessage();
        assertTrue(message.contains("line 6, column 'when': '2024-02-30' is no date"), message);
        Table texts = CsvFile.read(Input.of("t", wrong.getBytes(StandardCharsets.UTF_8)), CsvFormat.detected(),
                ColumnRules.inferred().withCategorical(Set.of("when")));
        assertEquals("2024-02-30", texts.categorical("when").text(4));
    }
}
