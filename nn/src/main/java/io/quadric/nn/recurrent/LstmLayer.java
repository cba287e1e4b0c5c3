package io.quadric.nn.recurrent;

import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Long short-term memory over a sequence, with forget gates (Hochreiter & Schmidhuber 1997) and peepholes (Gers et al.
/// 2002), as Zhang et al. (2017, §4.2) use it; h₀ = c₀ = 0:
///
/// ```
/// a = Wx x_τ + Wh h_{τ−1} + b, in four groups of rows i, f, g, o
/// i = σ(aᵢ + pᵢ ∘ c_{τ−1})       f = σ(a_f + p_f ∘ c_{τ−1})    g = tanh(a_g)
/// c_τ = f ∘ c_{τ−1} + i ∘ g      o = σ(aₒ + pₒ ∘ c_τ)          h_τ = o ∘ tanh(c_τ)
/// ```
///
/// Parameters: `wx`, 4·units × inputs; `wh`, 4·units × units; `bias`, 4·units; with peepholes `pi`, `pf` and `po`,
/// units. Wx with b and Wh are blocks of their own, with the time steps as positions.
///
/// @param units the number of hidden units
/// @param peepholes whether gates see the state
/// @param output what leaves the layer
/// @param memory what is remembered of a forward pass
public record LstmLayer(
        int units,
        @Argument(otherwise = "true") boolean peepholes,
        SequenceOutput output,
        @Argument(otherwise = "all-steps") StateMemory memory)
        implements Layer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public LstmLayer {
        SequenceShapes.requireUnits("lstm", units);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(memory, "memory");
    }

    /// With peepholes, and everything remembered.
    ///
    /// @param units the number of hidden units
    /// @param output what leaves the layer
    public LstmLayer(int units, SequenceOutput output) {
        this(units, true, output, StateMemory.ALL_STEPS);
    }

    @Override
    public Shape output(Shape input) {
        return SequenceShapes.behind(SequenceShapes.require("lstm", input), units, output);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int gates = LstmCell.GATES * units;
        int features = SequenceShapes.require("lstm", input).features();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight("wx", gates, features));
        specs.add(ParameterSpec.weight("wh", gates, units));
        specs.add(ParameterSpec.bias("bias", gates, features + units));
        if (peepholes) {
            for (String name : List.of("pi", "pf", "po")) {
                specs.add(new ParameterSpec(name, List.of(units), ParameterSpec.Role.PEEPHOLE));
            }
        }
        return specs;
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return SequenceShapes.blocks(OptionalInt.of(2));
    }

    @Override
    public HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.STATES;
    }

    @Override
    public LayerPass open(LayerSite site) {
        List<ParameterSlice> slices = site.slices();
        Optional<Peepholes> seeing = peepholes
                ? Optional.of(new Peepholes(slices.get(3), slices.get(4), slices.get(5)))
                : Optional.empty();
        return new SequencePass(new LstmCell(units, seeing, site.parameters()), site, output, memory);
    }
}
