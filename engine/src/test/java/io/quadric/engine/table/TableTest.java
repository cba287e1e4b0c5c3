package io.quadric.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = Table.of(new double[][]{{1, 2}, {3, Double.NaN}, {5, 6}})
            .with("town", ColumnRole.FEATURE, CategoricalColumn.of(List.of("Rome", "", "Oslo")))
            .with("price", ColumnRole.TARGET, NumericColumn.of(7, 8, 9));

    private enum Heating {
        GAS,
        WOOD
    }

    private record House(double area, Heating heating, double price) {}

    @Test
    void rowsAreSelectedInAnyOrderAlsoTwice() {
        Table part = TABLE.select(new int[]{2, 0, 2}).select(new int[]{1, 2});
        assertArrayEquals(new double[]{1, 5}, part.numeric("x1").toArray());
        assertEquals("Oslo", part.column("town").text(1));
        assertThrows(IndexOutOfBoundsException.class, () -> TABLE.select(new int[]{3}));
        assertArrayEquals(new double[]{7, 9}, TABLE.withoutMissing("town").numeric("price").toArray());
    }

    @Test
    void columnsThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> TABLE.with("x1", ColumnRole.FEATURE, NumericColumn.of(1, 2, 3)));
        assertThrows(IllegalArgumentException.class,
                () -> TABLE.with("new", ColumnRole.FEATURE, NumericColumn.of(1, 2)));
        assertThrows(IllegalArgumentException.class,
                () -> TABLE.with("w", ColumnRole.WEIGHT, CategoricalColumn.of(List.of("a", "b", "c"))));
        assertThrows(IllegalArgumentException.class, () -> CategoricalColumn.of(List.of("a", "a"), new int[]{0}));
        assertThrows(IllegalArgumentException.class, () -> CategoricalColumn.of(List.of("a"), new int[]{1}));
        assertThrows(IllegalArgumentException.class, () -> Table.of(List.of("a"), Matrix.of(new double[][]{{1, 2}})));
        assertThrows(InputException.class, () -> TABLE.numeric("town"));
        assertThrows(InputException.class, () -> TABLE.categorical("price"));
        assertEquals("no column 'prices', expected one of x1, x2, town, price; did you mean 'price'?",
                assertThrows(InputException.class, () -> TABLE.column("prices")).getMessage());
    }

    @Test
    void theDescriptionNamesRolesTypesAndValues() {
        List<String> lines = TABLE.describe().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(1).matches("x2 +feature +numeric +1 missing +2 … 6"), lines.get(1));
        assertTrue(
                lines.get(2).matches("town +feature +categorical +1 missing +2 categories: Rome \\(1\\), Oslo \\(1\\)"),
                lines.get(2));
        assertTrue(lines.get(3).matches("price +target +numeric +7 … 9"), lines.get(3));
        assertTrue(Table.of(new double[1][50]).describe().endsWith("… and 10 more columns: 10 feature"));
    }

    @Test
    void objectsBecomeRows() {
        RowMapping<House> mapping = RowMapping.<House>empty()
                .numeric("area", House::area)
                .categorical("heating", House::heating)
                .target("price", House::price);
        Table table = mapping.table(List.of(new House(80, Heating.GAS, 5), new House(120, null, 7)));
        assertArrayEquals(new double[]{80, 120}, table.numeric("area").toArray());
        assertEquals("GAS", table.categorical("heating").text(0));
        assertTrue(table.column("heating").isMissing(1));
        assertEquals(ColumnRole.TARGET, table.schema().find("price").orElseThrow().role());
        assertEquals(Map.of("area", 3.0, "heating", "WOOD", "price", 1.0),
                mapping.values(new House(3, Heating.WOOD, 1)));
    }
}
