package io.quadric.nn.registry;

/// Something that is asked for by name.
public interface Named {
    /// {@return the name, words joined by hyphens}
    String name();
}
