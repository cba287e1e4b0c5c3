package io.quadric.optim;

import io.quadric.linalg.Vector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The memory of a run as named values, for checkpoints. Arrays are copies. An [Archive] fills it and reads it.
///
/// `method` names the kind of run; a run restores only states of its own kind.
public final class State {
    private static final String INNER = "inner.";

    private final String method;
    private final Map<String, Vector> arrays = new LinkedHashMap<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();

    /// An empty state.
    ///
    /// @param method the kind of run that writes it
    public State(String method) {
        this.method = method;
    }

    /// The state of a run around another run, with the state of the inner run in it.
    ///
    /// @param decorator the kind of the outer run
    /// @param inner the state of the inner run
    public State(String decorator, State inner) {
        this(decorator + " " + inner.method);
        inner.arrays.forEach((name, values) -> put(INNER + name, values));
        inner.numbers.forEach((name, value) -> put(INNER + name, value));
    }

    /// {@return the state of the inner run}
    ///
    /// @param decorator the kind of the outer run
    /// @throws IllegalArgumentException if this is not the state of such a run
    public State inner(String decorator) {
        String before = decorator + " ";
        if (!method.startsWith(before)) {
            require(before + "…");
        }
        State inner = new State(method.substring(before.length()));
        arrays.forEach((name, values) -> {
            if (name.startsWith(INNER)) {
                inner.put(name.substring(INNER.length()), values);
            }
        });
        numbers.forEach((name, value) -> {
            if (name.startsWith(INNER)) {
                inner.put(name.substring(INNER.length()), value);
            }
        });
        return inner;
    }

    /// {@return the kind of run}
    public String method() {
        return method;
    }

    /// {@return all arrays by name}
    public Map<String, Vector> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /// {@return all numbers by name}
    public Map<String, Double> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    /// Stores a copy of the elements.
    ///
    /// @param name the name
    /// @param values the elements
    public void put(String name, Vector values) {
        arrays.put(name, values.copy());
    }

    /// Stores a number; whole numbers are exact up to 2⁵³.
    ///
    /// @param name the name
    /// @param value the number
    public void put(String name, double value) {
        numbers.put(name, value);
    }

    /// {@return a stored number}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none of that name
    public double number(String name) {
        Double value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the state of " + method + " has no number '" + name + "'");
        }
        return value;
    }

    /// Copies a stored array into `target`.
    ///
    /// @param name the name
    /// @param target overwritten
    /// @throws IllegalArgumentException if there is none of that name, or its size or precision differs
    public void get(String name, Vector target) {
        Vector stored = arrays.get(name);
        if (stored == null || stored.size() != target.size() || stored.precision() != target.precision()) {
            throw new IllegalArgumentException("the state of " + method + " has "
                    + (stored == null ? "nothing" : stored) + " as '" + name + "', expected " + target);
        }
        target.copyFrom(stored);
    }

    /// Checks the kind.
    ///
    /// @param expected the kind of run that reads it
    /// @throws IllegalArgumentException if this is the state of another kind of run
    public void require(String expected) {
        if (!method.equals(expected)) {
            throw new IllegalArgumentException(
                    "a state of " + method + " cannot be restored into a run of " + expected);
        }
    }
}
