package io.quadric.engine.table;

import io.quadric.engine.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// The rows of a table as sequences: rows that follow each other with the same value in a column are the time steps of
/// one.
public final class SequenceRows {
    private final int[] starts;
    private final String[] names;

    private SequenceRows(int[] starts, String[] names) {
        this.starts = starts;
        this.names = names;
    }

    /// {@return the sequences of a table}
    ///
    /// @param table the table
    /// @param column says which sequence a row belongs to
    /// @throws InputException if there is no such column, it has no value in some row, or the rows of a sequence do not
    ///     follow each other
    public static SequenceRows of(Table table, String column) {
        Column values = table.column(column);
        Set<String> seen = new HashSet<>();
        int[] starts = IntStream.range(0, table.rows())
                .filter(i -> i == 0 || !values.text(i).equals(values.text(i - 1)))
                .toArray();
        for (int start : starts) {
            String name = values.text(start);
            if (name.isEmpty() || !seen.add(name)) {
                throw new InputException("row " + (start + 1) + ": the sequence '" + Names.shown(name) + "' of column '"
                        + column + "' " + (name.isEmpty() ? "has no name" : "began before another one")
                        + ", expected the rows of each sequence one after the other");
            }
        }
        String[] names = Arrays.stream(starts).mapToObj(values::text).toArray(String[]::new);
        return new SequenceRows(starts.length == 0 ? starts : closed(starts, table.rows()), names);
    }

    private static int[] closed(int[] starts, int rows) {
        int[] ends = Arrays.copyOf(starts, starts.length + 1);
        ends[starts.length] = rows;
        return ends;
    }

    /// {@return the number of sequences}
    public int count() {
        return names.length;
    }

    /// {@return what the column says of a sequence}
    ///
    /// @param k the sequence, from 0
    public String name(int k) {
        return names[k];
    }

    /// {@return the first row of a sequence}
    ///
    /// @param k the sequence, from 0
    public int start(int k) {
        return starts[k];
    }

    /// {@return the number of rows of a sequence}
    ///
    /// @param k the sequence, from 0
    public int length(int k) {
        return starts[k + 1] - starts[k];
    }

    /// {@return the numbers of rows of all sequences}
    public int[] lengths() {
        return IntStream.range(0, count()).map(this::length).toArray();
    }

    /// {@return the last row of each sequence}
    public int[] last() {
        return IntStream.range(0, count()).map(k -> starts[k + 1] - 1).toArray();
    }

    /// {@return the rows of some sequences}
    ///
    /// @param chosen the sequences, from 0
    public int[] rows(int[] chosen) {
        return Arrays.stream(chosen).flatMap(k -> IntStream.range(starts[k], starts[k + 1])).toArray();
    }
}
