package io.quadric.engine.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Tables of objects: which column is filled by which of their properties.
///
/// ```java
/// RowMapping<House> mapping = RowMapping.<House>empty()
///         .numeric("area", House::area)
///         .categorical("town", House::town)
///         .target("price", House::price);
/// Table table = mapping.table(houses);
/// ```
///
/// @param <T> the objects, one a row
public final class RowMapping<T> {
    private final List<Getter<T>> getters;

    private RowMapping(List<Getter<T>> getters) {
        this.getters = List.copyOf(getters);
    }

    private record Getter<T>(Field field, Function<? super T, Object> value) {}

    /// {@return a mapping without columns}
    ///
    /// @param <T> the objects
    public static <T> RowMapping<T> empty() {
        return new RowMapping<>(List.of());
    }

    /// {@return the same with a feature that is a number}
    ///
    /// @param name of the column
    /// @param value the number; NaN if there is none
    public RowMapping<T> numeric(String name, ToDoubleFunction<? super T> value) {
        return with(new Field(name, ColumnType.NUMERIC, ColumnRole.FEATURE), value::applyAsDouble);
    }

    /// {@return the same with a feature that is one of some texts}
    ///
    /// @param name of the column
    /// @param value a text, a constant, a truth value …, of which the text is taken; null or empty if there is none
    public RowMapping<T> categorical(String name, Function<? super T, ?> value) {
        return with(new Field(name, ColumnType.CATEGORICAL, ColumnRole.FEATURE), text(value));
    }

    /// {@return the same with a number to be predicted}
    ///
    /// @param name of the column
    /// @param value the number
    public RowMapping<T> target(String name, ToDoubleFunction<? super T> value) {
        return with(new Field(name, ColumnType.NUMERIC, ColumnRole.TARGET), value::applyAsDouble);
    }

    /// {@return the same with a class to be predicted}
    ///
    /// @param name of the column
    /// @param value a text, a constant, a truth value …, of which the text is taken
    public RowMapping<T> label(String name, Function<? super T, ?> value) {
        return with(new Field(name, ColumnType.CATEGORICAL, ColumnRole.TARGET), text(value));
    }

    /// {@return the same with a number that says how much a row counts}
    ///
    /// @param name of the column
    /// @param value the number
    public RowMapping<T> weight(String name, ToDoubleFunction<? super T> value) {
        return with(new Field(name, ColumnType.NUMERIC, ColumnRole.WEIGHT), value::applyAsDouble);
    }

    /// {@return the same with a text that says which sequence a row belongs to}
    ///
    /// @param name of the column
    /// @param value a text, a number …, of which the text is taken
    public RowMapping<T> sequence(String name, Function<? super T, ?> value) {
        return with(new Field(name, ColumnType.CATEGORICAL, ColumnRole.SEQUENCE), text(value));
    }

    private static <T> Function<T, Object> text(Function<? super T, ?> value) {
        return row -> Objects.toString(value.apply(row), "");
    }

    private RowMapping<T> with(Field field, Function<? super T, Object> value) {
        List<Getter<T>> more = new ArrayList<>(getters);
        more.add(new Getter<>(field, value));
        return new RowMapping<>(more);
    }

    /// {@return the columns}
    ///
    /// @throws IllegalArgumentException if two have the same name
    public Schema schema() {
        return new Schema(getters.stream().map(Getter::field).toList());
    }

    /// {@return a row for each object}
    ///
    /// @param rows the objects
    /// @throws IllegalArgumentException if there is no column, or two have the same name
    public Table table(List<? extends T> rows) {
        return new Table(schema(), getters.stream().map(getter -> column(getter, rows)).toList());
    }

    private static <T> Column column(Getter<T> getter, List<? extends T> rows) {
        return switch (getter.field().type()) {
            case NUMERIC -> NumericColumn.of(
                    rows.stream().mapToDouble(row -> (Double) getter.value().apply(row)).toArray());
            case CATEGORICAL -> CategoricalColumn.of(
                    rows.stream().map(row -> (String) getter.value().apply(row)).toList());
        };
    }

    /// {@return what the columns hold for one object, by name}: a [Double] or a [String].
    ///
    /// @param row the object
    public Map<String, Object> values(T row) {
        Map<String, Object> values = new LinkedHashMap<>();
        getters.forEach(getter -> values.put(getter.field().name(), getter.value().apply(row)));
        return values;
    }
}
