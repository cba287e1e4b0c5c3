package io.quadric.nn.recurrent;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// h_τ = s(Wxh x_τ + Whh h_{τ−1} + b) over a sequence of inputs x₁ … x_T, with a trainable first state h₀ (Martens &
/// Sutskever 2012, §3).
///
/// Parameters: `wxh`, units × inputs; `whh`, units × units; `bias` and `h0`, units. Wxh with b and Whh are blocks of
/// their own, with the time steps as positions: sums over time belong to a case (§11.3).
///
/// @param units the number of hidden units
/// @param function s
/// @param bias whether there is a b
/// @param output what leaves the layer
/// @param memory what is remembered of a forward pass
public record RecurrentLayer(
        int units,
        @Argument(name = "activation") ElementaryFunction function,
        @Argument(otherwise = "true") boolean bias,
        SequenceOutput output,
        @Argument(otherwise = "all-steps") StateMemory memory)
        implements Layer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public RecurrentLayer {
        SequenceShapes.requireUnits("recurrent", units);
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(memory, "memory");
    }

    /// With a bias, and everything remembered.
    ///
    /// @param units the number of hidden units
    /// @param function s
    /// @param output what leaves the layer
    public RecurrentLayer(int units, ElementaryFunction function, SequenceOutput output) {
        this(units, function, true, output, StateMemory.ALL_STEPS);
    }

    @Override
    public Shape output(Shape input) {
        return SequenceShapes.behind(SequenceShapes.require("recurrent", input), units, output);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        ParameterSpec wxh = ParameterSpec.weight(
                "wxh", units, SequenceShapes.require("recurrent", input).features());
        ParameterSpec whh = ParameterSpec.weight("whh", units, units);
        ParameterSpec h0 = new ParameterSpec("h0", List.of(units), ParameterSpec.Role.STATE);
        int fanIn = wxh.fanIn() + whh.fanIn();
        return bias ? List.of(wxh, whh, ParameterSpec.bias("bias", units, fanIn), h0) : List.of(wxh, whh, h0);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return SequenceShapes.blocks(bias ? OptionalInt.of(2) : OptionalInt.empty());
    }

    @Override
    public HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.STATES;
    }

    @Override
    public boolean hasKinks() {
        return new Activation(function).hasKinks();
    }

    @Override
    public LayerPass open(LayerSite site) {
        Cell cell = new RecurrentCell(units, function, site.slices().getLast());
        return new SequencePass(cell, site, output, memory);
    }
}
