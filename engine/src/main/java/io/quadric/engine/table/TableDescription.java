package io.quadric.engine.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table in words.
final class TableDescription {
    private static final int COLUMNS = 40;
    private static final int CATEGORIES = 5;

    private TableDescription() {}

    static String of(Table table) {
        List<Field> fields = table.schema().fields();
        List<String[]> lines = new ArrayList<>();
        fields.stream().limit(COLUMNS).forEach(field -> lines.add(line(field, table.column(field.name()))));
        int[] widths = IntStream.range(0, 4)
                .map(j -> lines.stream().mapToInt(line -> line[j].length()).max().orElse(0))
                .toArray();
        String end = fields.size() <= COLUMNS ? "" : System.lineSeparator() + rest(fields);
        return lines.stream()
                .map(line -> IntStream.range(0, widths.length)
                        .mapToObj(j -> line[j] + " ".repeat(2 + widths[j] - line[j].length()))
                        .collect(Collectors.joining()) + line[widths.length])
                .map(String::stripTrailing)
                .collect(Collectors.joining(System.lineSeparator())) + end;
    }

    private static String rest(List<Field> fields) {
        String roles = fields.stream().skip(COLUMNS)
                .collect(Collectors.groupingBy(Field::role, Collectors.counting()))
                .entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey()))
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
        return "… and " + (fields.size() - COLUMNS) + " more columns: " + roles;
    }

    private static String[] line(Field field, Column column) {
        int missing = column.missing();
        return new String[]{
            Names.shown(field.name()),
            field.role().label(),
            field.type().label(),
            missing == 0 ? "" : String.format(Locale.ROOT, "%,d missing", missing),
            switch (column) {
                case NumericColumn numbers -> range(numbers);
                case CategoricalColumn categories -> categories(categories);
            }};
    }

    private static String range(NumericColumn column) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < column.rows(); i++) {
            double value = column.get(i);
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        return least > most ? "no value" : column.shown(least) + " … " + column.shown(most);
    }

    /// The most frequent first.
    private static String categories(CategoricalColumn column) {
        int[] counts = column.counts();
        List<String> names = column.categories();
        String first = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(k -> -counts[k]))
                .limit(CATEGORIES)
                .map(k -> Names.shown(names.get(k)) + " (" + counts[k] + ")")
                .collect(Collectors.joining(", "));
        String end = counts.length <= CATEGORIES ? "" : " …";
        return counts.length + (counts.length == 1 ? " category: " : " categories: ") + first + end;
    }
}
