package io.quadric.optim;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// Stores the memory of a method in a [State], or reads it back. A method lists once what it remembers, and the same
/// calls do either. Reading back what was not stored throws an [IllegalArgumentException].
public final class Archive {
    private final State state;
    private final boolean restoring;

    private Archive(State state, boolean restoring) {
        this.state = state;
        this.restoring = restoring;
    }

    /// {@return an archive that stores}
    ///
    /// @param state added to
    public static Archive into(State state) {
        return new Archive(state, false);
    }

    /// {@return an archive that reads back}
    ///
    /// @param state what was stored
    public static Archive from(State state) {
        return new Archive(state, true);
    }

    /// {@return whether this archive reads back}
    public boolean isRestoring() {
        return restoring;
    }

    /// Stores a copy of the elements, or overwrites them with the stored ones.
    ///
    /// @param name the name
    /// @param values the elements
    public void array(String name, Vector values) {
        if (restoring) {
            state.get(name, values);
        } else {
            state.put(name, values);
        }
    }

    /// Stores a copy of a matrix row by row, or overwrites its elements with the stored ones.
    ///
    /// @param name the name
    /// @param values the matrix, without gaps between its rows
    public void array(String name, Matrix values) {
        array(name, values.flat());
    }

    /// Stores a number, or reads it back.
    ///
    /// @param name the name
    /// @param value the number
    /// @return the number, or the stored one
    public double number(String name, double value) {
        if (!restoring) {
            state.put(name, value);
        }
        return state.number(name);
    }

    /// Stores a whole number, exact up to 2⁵³, or reads it back.
    ///
    /// @param name the name
    /// @param value the number
    /// @return the number, or the stored one
    public long count(String name, long value) {
        return (long) number(name, value);
    }

    /// Stores a truth value, or reads it back.
    ///
    /// @param name the name
    /// @param value the truth value
    /// @return the value, or the stored one
    public boolean flag(String name, boolean value) {
        return number(name, value ? 1 : 0) == 1;
    }
}
