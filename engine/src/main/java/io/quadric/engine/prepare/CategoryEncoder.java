package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.CategoryFill.Constant;
import io.quadric.engine.prepare.CategoryFill.MostFrequent;
import io.quadric.engine.prepare.CategoryFill.OwnColumn;
import io.quadric.engine.prepare.CategoryFill.Refused;
import io.quadric.engine.prepare.CategoryFill.Zeros;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A column of categories as a one-hot code: an input for each category, and perhaps one for missing and one for unseen
/// categories; the one that applies is 1, the others are 0.
public final class CategoryEncoder implements FeatureEncoder {
    /// Zeros in all inputs.
    public static final int NONE = -1;

    /// An error.
    public static final int REFUSED = -2;

    private final String column;
    private final List<String> categories;
    private final int missing;
    private final int unseen;
    private final Map<String, Integer> places = new HashMap<>();

    /// With what is done with missing and unseen categories: the place of an input, [#NONE] or [#REFUSED].
    CategoryEncoder(String column, List<String> categories, int missing, int unseen) {
        this.column = column;
        this.categories = List.copyOf(categories);
        this.missing = missing;
        this.unseen = unseen;
        for (String category : categories) {
            places.put(category, places.size());
        }
        if (places.size() < categories.size()) {
            throw new InputException("two of the categories of column '" + column + "' are equal");
        }
    }

    /// The most frequent categories, sorted by their texts.
    static CategoryEncoder fit(String name, CategoricalColumn column, PreparationRules rules) {
        int[] counts = column.counts();
        List<String> all = column.categories();
        List<Integer> byCount = IntStream.range(0, counts.length)
                .filter(k -> counts[k] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(k -> -counts[k]).thenComparing(all::get))
                .limit(rules.mostCategories())
                .toList();
        List<String> categories = byCount.stream().map(all::get).sorted().toList();
        int missing = switch (rules.categories()) {
            case OwnColumn own -> column.missing() > 0 ? categories.size() : NONE;
            case Zeros zeros -> NONE;
            case Refused refused -> REFUSED;
            case MostFrequent frequent -> byCount.isEmpty() ? NONE : categories.indexOf(all.get(byCount.getFirst()));
            case Constant constant -> place(name, constant.category(), categories);
        };
        int next = Math.max(categories.size(), missing + 1);
        int unseen = switch (rules.unseen()) {
            case ZEROS -> NONE;
            case OWN_COLUMN -> next;
            case REFUSED -> REFUSED;
        };
        return new CategoryEncoder(name, categories, missing, unseen);
    }

    private static int place(String name, String category, List<String> categories) {
        if (!categories.contains(category)) {
            throw new InputException(Names.unknown("category", category, categories) + " in column '" + name + "'");
        }
        return categories.indexOf(category);
    }

    @Override
    public String column() {
        return column;
    }

    /// {@return the categories that have an input, in the order of the inputs}
    public List<String> categories() {
        return categories;
    }

    /// {@return what becomes of a missing category}: the place of an input, [#NONE] or [#REFUSED]
    public int missing() {
        return missing;
    }

    /// {@return what becomes of an unseen category}: the place of an input, [#NONE] or [#REFUSED]
    public int unseen() {
        return unseen;
    }

    int width() {
        return Math.max(categories.size(), 1 + Math.max(missing, unseen));
    }

    @Override
    public List<String> outputs() {
        List<String> names = new ArrayList<>(categories.stream().map(category -> column + "=" + category).toList());
        for (int k = categories.size(); k < width(); k++) {
            names.add(column + (k == missing ? " missing" : " other"));
        }
        return names;
    }

    @Override
    public void encode(Column from, Rows rows, Block out) {
        switch (from) {
            case CategoricalColumn column -> {
                int[] map = column.categories().stream().mapToInt(this::place).toArray();
                for (int i = rows.from(); i < rows.to(); i++) {
                    int code = column.code(i);
                    set(code == CategoricalColumn.MISSING ? missing : map[code], column, i, rows, out);
                }
            }
            case NumericColumn numbers -> {
                for (int i = rows.from(); i < rows.to(); i++) {
                    set(numbers.isMissing(i) ? missing : place(numbers.text(i)), numbers, i, rows, out);
                }
            }
        }
    }

    private int place(String category) {
        return places.getOrDefault(category, unseen);
    }

    private void set(int place, Column from, int row, Rows rows, Block out) {
        if (place == REFUSED) {
            throw new InputException("row " + (row + 1) + ", " + complaint(from.text(row)));
        }
        one(place, out.values(), out.place(row - rows.from()));
    }

    private String complaint(String text) {
        return "column '" + column + "': " + (text.isEmpty() ? "missing" : "'" + Names.shown(text) + "'")
                + ", expected one of " + Names.list(categories);
    }

    private void one(int place, double[] out, int at) {
        Arrays.fill(out, at, at + width(), 0);
        if (place != NONE) {
            out[at + place] = 1;
        }
    }

    @Override
    public void encode(Object value, double[] out, int at) {
        String text = switch (value) {
            case null -> "";
            case Number number -> NumericColumn.of(number.doubleValue()).text(0);
            default -> value.toString();
        };
        int place = text.isEmpty() ? missing : place(text);
        if (place == REFUSED) {
            throw new InputException(complaint(text));
        }
        one(place, out, at);
    }

    /// {@return whether name, categories and the inputs for missing and unseen ones are the same}
    @Override
    public boolean equals(Object other) {
        return other instanceof CategoryEncoder that
                && column.equals(that.column)
                && categories.equals(that.categories)
                && missing == that.missing
                && unseen == that.unseen;
    }

    @Override
    public int hashCode() {
        return 31 * column.hashCode() + categories.hashCode();
    }

    @Override
    public String toString() {
        return "CategoryEncoder[" + column + ", " + Names.list(categories) + "]";
    }
}
