package io.quadric.engine.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A column of categories: each row has the number of one of its distinct texts.
public final class CategoricalColumn implements Column {
    /// The code of a missing value.
    public static final int MISSING = -1;

    private final List<String> categories;
    private final int[] codes;
    private final Optional<int[]> chosen;

    private CategoricalColumn(List<String> categories, int[] codes, Optional<int[]> chosen) {
        this.categories = categories;
        this.codes = codes;
        this.chosen = chosen;
    }

    /// {@return a column of codes}
    ///
    /// @param categories the distinct texts, in any order
    /// @param codes places in the list, or [#MISSING]; used, not copied
    /// @throws IllegalArgumentException if a code is out of range or two categories are equal
    public static CategoricalColumn of(List<String> categories, int[] codes) {
        if (categories.stream().distinct().count() < categories.size()) {
            throw new IllegalArgumentException("categories must differ, got " + Names.list(categories));
        }
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] < MISSING || codes[i] >= categories.size()) {
                throw new IllegalArgumentException("code " + codes[i] + " of row " + (i + 1) + ", expected -1 to "
                        + (categories.size() - 1));
            }
        }
        return new CategoricalColumn(List.copyOf(categories), codes, Optional.empty());
    }

    /// {@return a column of texts; an empty one is missing}
    ///
    /// @param texts one for each row
    public static CategoricalColumn of(List<String> texts) {
        Map<String, Integer> known = new LinkedHashMap<>();
        int[] codes = new int[texts.size()];
        for (int i = 0; i < codes.length; i++) {
            String text = texts.get(i);
            codes[i] = text.isEmpty() ? MISSING : known.computeIfAbsent(text, t -> known.size());
        }
        return new CategoricalColumn(new ArrayList<>(known.keySet()), codes, Optional.empty());
    }

    /// {@return the distinct texts, in the order of their codes}
    public List<String> categories() {
        return List.copyOf(categories);
    }

    /// {@return the place of row `i` in the list of categories, [#MISSING] if it has none}
    ///
    /// @param i the row, from 0
    public int code(int i) {
        return codes[chosen.isPresent() ? chosen.get()[i] : i];
    }

    /// {@return how many rows have each category}
    public int[] counts() {
        int[] counts = new int[categories.size()];
        for (int i = 0; i < rows(); i++) {
            if (code(i) != MISSING) {
                counts[code(i)]++;
            }
        }
        return counts;
    }

    @Override
    public int rows() {
        return chosen.map(rows -> rows.length).orElse(codes.length);
    }

    @Override
    public ColumnType type() {
        return ColumnType.CATEGORICAL;
    }

    @Override
    public boolean isMissing(int i) {
        return code(i) == MISSING;
    }

    @Override
    public String text(int i) {
        return isMissing(i) ? "" : categories.get(code(i));
    }

    @Override
    public CategoricalColumn select(int[] rows) {
        return new CategoricalColumn(categories, codes, Optional.of(Selection.of(chosen, rows, codes.length)));
    }
}
