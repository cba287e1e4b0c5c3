package io.quadric.nn.layer;

import java.util.Optional;

/// A weight matrix W with its bias b, if it has one: the parameters of h = W a + b, which the Kronecker methods work
/// on.
///
/// W̄ = [W b] has [#outputs()] rows and [#augmentedInputs()] columns, and acts on ā = (a; 1).
///
/// @param index 0, 1, … in the network
/// @param weight W
/// @param bias b
public record AffineBlock(int index, ParameterSlice weight, Optional<ParameterSlice> bias) {
    /// {@return rows of W}
    public int outputs() {
        return weight.spec().dimensions().getFirst();
    }

    /// {@return columns of W}
    public int inputs() {
        return weight.size() / outputs();
    }

    /// {@return columns of W̄}
    public int augmentedInputs() {
        return inputs() + (bias.isPresent() ? 1 : 0);
    }

    /// {@return the same block without its bias}
    public AffineBlock weightOnly() {
        return new AffineBlock(index, weight, Optional.empty());
    }
}
