package io.quadric.optim;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// Carries the memory of a method into a [State] or back. A method lists what it remembers once, and the same calls
/// store it or read it back, so the two cannot drift apart.
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
    /// @throws IllegalArgumentException if nothing of that name, size and precision was stored
    public void array(String name, Vector values) {
        if (restoring) {
            state.get(name, values);
        } else {
            state.put(name, values);
        }
    }

    /// Does the same for the elements of a matrix, row by row.
    ///
    /// @param name the name
    /// @param values the elements, stored without gaps between the rows
    /// @throws IllegalArgumentException if nothing of that name, size and precision was stored
    public void array(String name, Matrix values) {
        array(name, values.flat());
    }

    /// Stores a number, or reads it back.
    ///
    /// @param name the name
    /// @param value the number
    /// @return the number, or the stored one
    /// @throws IllegalArgumentException if nothing of that name was stored
    public double number(String name, double value) {
        if (!restoring) {
            state.put(name, value);
        }
        return state.number(name);
    }

    /// Does the same for a whole number, exact up to 2⁵³.
    ///
    /// @param name the name
    /// @param value the number
    /// @return the number, or the stored one
    /// @throws IllegalArgumentException if nothing of that name was stored
    public long count(String name, long value) {
        return (long) number(name, value);
    }

    /// Does the same for a truth value.
    ///
    /// @param name the name
    /// @param value the truth value
    /// @return the value, or the stored one
    /// @throws IllegalArgumentException if nothing of that name was stored
    public boolean flag(String name, boolean value) {
        return number(name, value ? 1 : 0) == 1;
    }
}
