package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Dates;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Types and roles of columns, as far as the rules leave them open.
final class ColumnInference {
    /// A column is numeric if this share of its values are numbers; the others are then mistakes.
    private static final double NUMBERS = 0.9;

    /// With more categories, and most rows having one of their own, a column is a name or a remark and left out.
    private static final int CATEGORIES = 100;

    private static final List<String> TARGETS = List.of("target", "label", "class", "y");

    private final ColumnRules rules;
    private final List<String> names;
    private final List<String> targets;

    ColumnInference(ColumnRules rules, List<String> names) {
        this.rules = rules;
        this.names = names;
        Set<String> known = Set.copyOf(names);
        for (String name : rules.names()) {
            if (!known.contains(name)) {
                throw new InputException(Names.unknown("column", name, names));
            }
        }
        targets = rules.targets().isEmpty() ? usual() : rules.targets();
    }

    /// The column with a usual name, if there is one and nothing else is said about it.
    private List<String> usual() {
        List<String> usual = names.stream()
                .filter(name -> TARGETS.stream().anyMatch(name::equalsIgnoreCase))
                .filter(name -> !isGivenRole(name))
                .toList();
        return usual.size() == 1 ? usual : List.of();
    }

    private boolean isGivenRole(String name) {
        return rules.ignored().contains(name)
                || rules.weight().equals(Optional.of(name))
                || rules.sequence().equals(Optional.of(name));
    }

    /// The type of a column, if the rules say.
    Optional<ColumnType> given(String name) {
        if (rules.categorical().contains(name)) {
            return Optional.of(ColumnType.CATEGORICAL);
        }
        boolean numeric = rules.numeric().contains(name) || rules.weight().equals(Optional.of(name));
        return numeric ? Optional.of(ColumnType.NUMERIC) : Optional.empty();
    }

    /// The type of a column, if the rules or the values say.
    Optional<ColumnType> type(String name, List<String> values, DecimalNumber number) {
        Optional<ColumnType> given = given(name);
        if (given.isPresent()) {
            return given;
        }
        long numbers = values.stream().filter(number::read).count();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(numbers >= NUMBERS * values.size() ? ColumnType.NUMERIC : ColumnType.CATEGORICAL);
    }

    /// Whether values are dates, but for mistakes.
    static boolean areDates(List<String> values) {
        long dates = values.stream().filter(value -> Dates.days(value).isPresent()).count();
        return !values.isEmpty() && dates >= NUMBERS * values.size();
    }

    /// The fields of columns that have been read.
    Schema schema(List<String> kept, List<Column> columns) {
        List<Field> fields = new ArrayList<>();
        for (int j = 0; j < kept.size(); j++) {
            String name = kept.get(j);
            Column column = columns.get(j);
            ColumnRole role = role(name, column, j);
            fields.add(InputException.unlessRefused(() -> new Field(name, column.type(), role)));
        }
        return new Schema(fields);
    }

    private ColumnRole role(String name, Column column, int place) {
        if (targets.contains(name)) {
            return ColumnRole.TARGET;
        }
        if (rules.weight().equals(Optional.of(name))) {
            return ColumnRole.WEIGHT;
        }
        if (rules.sequence().equals(Optional.of(name))) {
            return ColumnRole.SEQUENCE;
        }
        boolean given = rules.categorical().contains(name) || rules.numeric().contains(name);
        return !given && isUseless(column, place, name) ? ColumnRole.IGNORED : ColumnRole.FEATURE;
    }

    /// Without a value, an index without a name, or a text of its own in most rows.
    private static boolean isUseless(Column column, int place, String name) {
        return switch (column) {
            case NumericColumn numbers -> numbers.missing() == numbers.rows()
                    || (place == 0 && name.equals("c1") && isIndex(numbers));
            case CategoricalColumn texts -> texts.categories().size() > CATEGORIES
                    && 2 * texts.categories().size() > texts.rows();
        };
    }

    /// Whole numbers that rise by one.
    private static boolean isIndex(NumericColumn numbers) {
        for (int i = 1; i < numbers.rows(); i++) {
            if (numbers.get(i) != numbers.get(i - 1) + 1) {
                return false;
            }
        }
        return numbers.rows() > 1;
    }
}
