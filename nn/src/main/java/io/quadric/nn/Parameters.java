package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.util.function.Consumer;

/// The numbers of a network: a flat vector θ with the layout that names its parts. Every change increments the version,
/// which tells a [Linearization] that it is out of date.
public final class Parameters {
    private final ParameterLayout layout;
    private final Vector values;
    private long version;

    /// Wraps a flat vector without copying it.
    ///
    /// @param layout names and places
    /// @param values θ
    /// @throws IllegalArgumentException if its length is not the layout's
    public Parameters(ParameterLayout layout, Vector values) {
        if (values.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "the network has " + layout.size() + " parameters, the vector " + values.size());
        }
        this.layout = layout;
        this.values = values;
    }

    /// {@return all zero}
    ///
    /// @param layout names and places
    /// @param precision the element type
    public static Parameters zeros(ParameterLayout layout, Precision precision) {
        return new Parameters(layout, Vector.zeros(precision, layout.size()));
    }

    /// {@return names and places of the arrays}
    public ParameterLayout layout() {
        return layout;
    }

    /// {@return θ, to be read only}; changes go through [#update].
    public Vector values() {
        return values;
    }

    /// {@return the array of the given full name, to be read only}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none
    public Vector get(String name) {
        return layout.slice(name).of(values);
    }

    /// {@return the number of changes so far}
    public long version() {
        return version;
    }

    /// Changes θ and increments the version.
    ///
    /// @param change changes the values in place
    public void update(Consumer<Vector> change) {
        version++;
        change.accept(values);
    }

    /// {@return a copy in the given precision}
    ///
    /// @param precision the element type
    public Parameters copy(Precision precision) {
        return new Parameters(layout, values.copy(precision));
    }
}
