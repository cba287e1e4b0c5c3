package io.quadric.engine.table;

import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is said about the columns of a table; the rest is inferred from their values.
///
/// @param targets names of the columns to be predicted; if there is none, a column named `target`, `label`, `class` or
///     `y` is taken
/// @param weight the column that says how much a case counts
/// @param sequence the column that says which sequence a row belongs to
/// @param ignored names of columns that are left out
/// @param categorical names of columns whose numbers are names of categories
/// @param numeric names of columns that hold numbers only
public record ColumnRules(
        @Argument(name = "target") List<String> targets,
        Optional<String> weight,
        Optional<String> sequence,
        @Argument(name = "ignore") Set<String> ignored,
        Set<String> categorical,
        Set<String> numeric) {
    /// Checks that no column has two roles or two types.
    ///
    /// @throws IllegalArgumentException if one has
    public ColumnRules {
        targets = List.copyOf(targets);
        ignored = Set.copyOf(ignored);
        categorical = Set.copyOf(categorical);
        numeric = Set.copyOf(numeric);
        Set<String> seen = new TreeSet<>(ignored);
        targets.forEach(name -> requireNew(seen, name));
        weight.ifPresent(name -> requireNew(seen, name));
        sequence.ifPresent(name -> requireNew(seen, name));
        for (String name : categorical) {
            if (numeric.contains(name)) {
                throw new IllegalArgumentException("column '" + name + "' is given as categorical and as numeric");
            }
        }
    }

    private static void requireNew(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw new IllegalArgumentException("column '" + name + "' is given two roles");
        }
    }

    /// {@return nothing is said}
    public static ColumnRules inferred() {
        return new ColumnRules(List.of(), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of());
    }

    /// {@return these columns are to be predicted}
    ///
    /// @param names of the columns; without any, that with a usual name
    public static ColumnRules target(String... names) {
        return inferred().withTargets(List.of(names));
    }

    /// {@return the same with other targets}
    ///
    /// @param names of the columns to be predicted
    public ColumnRules withTargets(List<String> names) {
        return new ColumnRules(names, weight, sequence, ignored, categorical, numeric);
    }

    /// {@return the same with a column of weights}
    ///
    /// @param name of the column
    public ColumnRules withWeight(String name) {
        return new ColumnRules(targets, Optional.of(name), sequence, ignored, categorical, numeric);
    }

    /// {@return the same with a column that names sequences}
    ///
    /// @param name of the column
    public ColumnRules withSequence(String name) {
        return new ColumnRules(targets, weight, Optional.of(name), ignored, categorical, numeric);
    }

    /// {@return the same with other columns left out}
    ///
    /// @param names of the columns
    public ColumnRules withIgnored(Set<String> names) {
        return new ColumnRules(targets, weight, sequence, names, categorical, numeric);
    }

    /// {@return the same with other columns of categories}
    ///
    /// @param names of the columns
    public ColumnRules withCategorical(Set<String> names) {
        return new ColumnRules(targets, weight, sequence, ignored, names, numeric);
    }

    /// {@return the same with other columns of numbers}
    ///
    /// @param names of the columns
    public ColumnRules withNumeric(Set<String> names) {
        return new ColumnRules(targets, weight, sequence, ignored, categorical, names);
    }

    /// {@return all names in the rules}
    public Set<String> names() {
        Set<String> all = new TreeSet<>(targets);
        weight.ifPresent(all::add);
        sequence.ifPresent(all::add);
        all.addAll(ignored);
        all.addAll(categorical);
        all.addAll(numeric);
        return all;
    }
}
