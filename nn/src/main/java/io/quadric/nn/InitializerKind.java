package io.quadric.nn;

import io.quadric.nn.registry.Named;
import io.quadric.nn.registry.RecordType;

/// A class of initializers by name. Its record components are its arguments on the command line, as in
/// `sparse,connections=10`.
///
/// @param name the name
/// @param type the class
public record InitializerKind(String name, RecordType<Initializer> type) implements Named {
    /// Of a class.
    ///
    /// @param name the name
    /// @param type a record class
    /// @throws IllegalArgumentException if it is no record class
    public InitializerKind(String name, Class<? extends Initializer> type) {
        this(name, new RecordType<>(type));
    }
}
