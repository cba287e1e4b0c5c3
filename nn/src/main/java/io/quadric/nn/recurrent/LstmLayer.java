package io.quadric.nn.recurrent;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Long short-term memory over a sequence (Hochreiter & Schmidhuber 1997), with forget gates (Gers et al. 2000) and
/// peepholes (Gers et al. 2002), as Zhang et al. (2017, §4.2) use it; h₀ = c₀ = 0:
///
/// ```
/// a = Wx x_τ + Wh h_{τ−1} + b, in four groups of rows i, f, g, o
/// i = σ(aᵢ + pᵢ ∘ c_{τ−1})       f = σ(a_f + p_f ∘ c_{τ−1})    g = tanh(a_g)
/// c_τ = f ∘ c_{τ−1} + i ∘ g      o = σ(aₒ + pₒ ∘ c_τ)          h_τ = o ∘ tanh(c_τ)
/// ```
///
/// Parameters: `wx`, 4·units × inputs; `wh`, 4·units × units; `bias`, 4·units; with peepholes `pi`, `pf` and `po`,
/// units.
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
        implements CellLayer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public LstmLayer {
        CellLayer.requireUnits(units);
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
    public int arguments() {
        return LstmCell.GATES * units;
    }

    @Override
    public List<ParameterSpec> ownParameters() {
        return Stream.of("pi", "pf", "po")
                .filter(name -> peepholes)
                .map(name -> new ParameterSpec(name, List.of(units), ParameterSpec.Role.PEEPHOLE))
                .toList();
    }

    @Override
    public Cell cell(Vector parameters, List<ParameterSlice> own) {
        Optional<Peepholes> seeing = peepholes
                ? Optional.of(new Peepholes(own.get(0), own.get(1), own.get(2)))
                : Optional.empty();
        return new LstmCell(units, seeing, parameters);
    }
}
