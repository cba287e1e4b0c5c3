package io.quadric.nn.layer;

import java.util.List;

/// A parameter array as a layer declares it.
///
/// @param name the local name, such as `weight`
/// @param dimensions its size along each axis; a weight has the outputs first
/// @param role what the numbers are for
/// @param fanIn incoming connections of one output, not counting a bias; 0 for an array that is not added to a sum over
///     connections
public record ParameterSpec(String name, List<Integer> dimensions, Role role, int fanIn) {
    /// What a parameter is for, which initialisers depend on.
    public enum Role {
        /// Multiplies inputs.
        WEIGHT,
        /// Multiplies the hidden units of the time step before; each group of as many rows as units is a square matrix.
        RECURRENT,
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
    ///
    /// @throws IllegalArgumentException if the fan-in is negative
    public ParameterSpec {
        dimensions = List.copyOf(dimensions);
        if (fanIn < 0) {
            throw new IllegalArgumentException("fanIn is " + fanIn + ", expected at least 0");
        }
    }

    /// An array whose axes after the first are inputs, such as a weight.
    ///
    /// @param name the local name
    /// @param dimensions its size along each axis
    /// @param role what the numbers are for
    public ParameterSpec(String name, List<Integer> dimensions, Role role) {
        this(name, dimensions, role, product(dimensions.subList(1, dimensions.size())));
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
    /// @param fanIn incoming connections of the unit that each element belongs to
    public static ParameterSpec bias(String name, int outputs, int fanIn) {
        return new ParameterSpec(name, List.of(outputs), Role.BIAS, fanIn);
    }

    /// {@return whether it is a matrix that inputs or hidden units are multiplied by}
    public boolean isWeight() {
        return role == Role.WEIGHT || role == Role.RECURRENT;
    }

    /// {@return the number of elements}
    public int size() {
        return product(dimensions);
    }

    private static int product(List<Integer> sizes) {
        return ElementCount.of("a parameter array", sizes);
    }

    /// {@return outgoing connections of one input}: all axes but the second.
    public int fanOut() {
        return dimensions.size() < 2 ? size() : size() / dimensions.get(1);
    }

    /// {@return the same array under another name}
    ///
    /// @param other the name
    public ParameterSpec named(String other) {
        return new ParameterSpec(other, dimensions, role, fanIn);
    }

    /// {@return the same array with a prefix before its name}
    ///
    /// @param prefix put before the name
    public ParameterSpec prefixed(String prefix) {
        return named(prefix + name);
    }
}
