package io.quadric.nn.layer;

import io.quadric.nn.registry.Named;
import io.quadric.nn.registry.RecordType;

/// A class of layers by name. Its record components are its arguments in JSON; components of types that are known
/// there, `int`, `double`, `boolean`, enums, [io.quadric.linalg.Window] and lists of layers, are also drawn at random
/// by the verify module, and made smaller where a network breaks a law.
///
/// @param name the `type` in JSON
/// @param type the class
public record LayerKind(String name, RecordType<Layer> type) implements Named {
    /// Of a class.
    ///
    /// @param name the `type` in JSON
    /// @param type a record class
    /// @throws IllegalArgumentException if it is no record class
    public LayerKind(String name, Class<? extends Layer> type) {
        this(name, new RecordType<>(type));
    }
}
