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
        STATE,
        /// Multiplies the state of its own unit; starts at 0.
        PEEPHOLE
    }

    /// Copies the dimensions.
    public ParameterSpec {
        dimensions = List.copyOf(dimensions);
    }

    /// {@return the weight of a layer from `inputs` to `outputs` features}
    ///
    /// @param name the local name
    /// @param outputs rows
    /// @param inputs columns
    public static ParameterSpec weight(String name, int outputs, int inputs) {
        return new ParameterSpec(name, List.of(outputs, inputs), Role.WEIGHT);
    }

    /// {@return a bias of `outputs` elements}
    ///
    /// @param name the local name
    /// @param outputs rows
    public static ParameterSpec bias(String name, int outputs) {
        return new ParameterSpec(name, List.of(outputs), Role.BIAS);
    }

    /// {@return the number of elements}
    public int size() {
        int size = 1;
        for (int dimension : dimensions) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    /// {@return incoming connections of one output}: all axes but the first.
    public int fanIn() {
        return size() / dimensions.getFirst();
    }

    /// {@return outgoing connections of one input}: all axes but the second.
    public int fanOut() {
        return dimensions.size() < 2 ? size() : size() / dimensions.get(1);
    }

    /// {@return the same parameter with a prefix before its name}
    ///
    /// @param prefix put before the name
    public ParameterSpec prefixed(String prefix) {
        return new ParameterSpec(prefix + name, dimensions, role);
    }
}
