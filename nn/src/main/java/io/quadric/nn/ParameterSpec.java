package io.quadric.nn;

import java.util.List;

/// A parameter array as a layer declares it.
///
/// @param name the local name, such as `weight`
/// @param dimensions its size along each axis; a weight has the outputs first
/// @param role what the numbers are for
public record ParameterSpec(String name, List<Integer> dimensions, Role role) {
    /// What a parameter is for; initialisers go by it.
    public enum Role {
        /// Multiplies inputs.
        WEIGHT,
        /// Is added to outputs.
        BIAS,
        /// Multiplies normalised values; starts at 1.
        SCALE,
        /// The state before the first time step; starts at 0.
        STATE
    }

    /// Copies the dimensions.
    public ParameterSpec {
        dimensions = List.copyOf(dimensions);
    }

    /// The weight of a layer from `inputs` to `outputs` features.
    public static ParameterSpec weight(String name, int outputs, int inputs) {
        return new ParameterSpec(name, List.of(outputs, inputs), Role.WEIGHT);
    }

    /// A bias of `outputs` elements.
    public static ParameterSpec bias(String name, int outputs) {
        return new ParameterSpec(name, List.of(outputs), Role.BIAS);
    }

    /// The number of elements.
    public int size() {
        return dimensions.stream().reduce(1, Math::multiplyExact);
    }

    /// Incoming connections of one output: all axes but the first.
    public int fanIn() {
        return size() / dimensions.getFirst();
    }

    /// Outgoing connections of one input: all axes but the second.
    public int fanOut() {
        return dimensions.size() < 2 ? size() : size() / dimensions.get(1);
    }

    /// The same parameter with a prefix before its name.
    public ParameterSpec prefixed(String prefix) {
        return new ParameterSpec(prefix + name, dimensions, role);
    }
}
