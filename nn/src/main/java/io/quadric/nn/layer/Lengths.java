package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.Arrays;

/// How many time steps each case of a batch of sequences has: Tᵢ of the T that its row has room for. What lies after
/// them is padding. It enters nothing, whatever it holds; between layers it is zero.
public final class Lengths {
    /// Every case has all T time steps, or the cases are no sequences.
    public static final Lengths FULL = new Lengths(new int[0]);

    private final int[] lengths;

    private Lengths(int[] lengths) {
        this.lengths = lengths;
    }

    /// {@return the lengths of N cases}
    ///
    /// @param lengths T₁ … T_N, each at least 1
    /// @throws IllegalArgumentException if there is none, or one is below 1
    public static Lengths of(int... lengths) {
        for (int length : lengths) {
            if (length < 1) {
                throw new IllegalArgumentException("a case has at least 1 time step, got " + length);
            }
        }
        if (lengths.length == 0) {
            throw new IllegalArgumentException("the lengths of at least one case expected, got none");
        }
        return new Lengths(lengths.clone());
    }

    /// {@return whether every case has all time steps}
    public boolean areFull() {
        return lengths.length == 0;
    }

    /// {@return the number of time steps of a case}
    ///
    /// @param i the case, from 0
    /// @param steps T, which it is where the lengths are full
    public int at(int i, int steps) {
        return areFull() ? steps : lengths[i];
    }

    /// {@return the lengths of some of the cases}
    ///
    /// @param cases their numbers
    public Lengths chosen(int[] cases) {
        return areFull() ? this : new Lengths(Arrays.stream(cases).map(i -> lengths[i]).toArray());
    }

    /// {@return the lengths as an array; empty if they are full}
    public int[] toArray() {
        return lengths.clone();
    }

    /// Checks that they fit a batch.
    ///
    /// @param cases N
    /// @throws IllegalArgumentException if these are the lengths of another number of cases
    public void requireCases(int cases) {
        if (!areFull() && lengths.length != cases) {
            throw new IllegalArgumentException(
                    "the lengths of " + cases + " cases expected, got those of " + lengths.length);
        }
    }

    /// Checks that they fit a shape.
    ///
    /// @param shape of one case
    /// @throws IllegalArgumentException if the lengths are not full and the shape is no sequence, or a shorter one
    public void requireFor(Shape shape) {
        int longest = Arrays.stream(lengths).max().orElse(0);
        if (longest > 0 && !(shape instanceof Shape.Sequence s && longest <= s.length())) {
            throw new IllegalArgumentException(
                    "lengths are of sequences with room for at least " + longest + " time steps, got " + shape);
        }
    }

    /// Sets the padding to zero.
    ///
    /// @param x a row for every case, with one sequence or several one after another; or as many rows as that for every
    ///     case
    /// @param shape of a sequence; nothing happens if it is another one
    public void clear(Matrix x, Shape shape) {
        if (areFull() || x.isEmpty() || !(shape instanceof Shape.Sequence sequence)) {
            return;
        }
        int rows = x.rows() / lengths.length;
        for (int r = 0; r < x.rows(); r++) {
            int from = lengths[r / rows] * sequence.features();
            for (int end = sequence.size(); end <= x.columns() && from < sequence.size(); end += sequence.size()) {
                x.row(r).slice(end - sequence.size() + from, end).fill(0);
            }
        }
    }

    /// {@return the rows with zeros in the padding}; the matrix itself where there is none.
    ///
    /// @param rows one row per case
    /// @param shape of a case
    /// @param frame holds the result
    public Matrix cleared(Matrix rows, Shape shape, Workspace.Frame frame) {
        if (areFull() || !(shape instanceof Shape.Sequence)) {
            return rows;
        }
        Matrix copy = frame.matrix(rows.precision(), rows.rows(), rows.columns()).copyFrom(rows);
        clear(copy, shape);
        return copy;
    }

    /// Sets to zero the rows of cases that have ended.
    ///
    /// @param x a row for every case, or as many for every case, of what a time step makes
    /// @param step the time step, from 0
    public void clearEnded(Matrix x, int step) {
        for (int r = 0; !areFull() && r < x.rows(); r++) {
            Vector row = x.row(r);
            if (lengths[r / (x.rows() / lengths.length)] <= step) {
                row.fill(0);
            }
        }
    }
}
