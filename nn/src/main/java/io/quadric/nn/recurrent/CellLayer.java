package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A layer of recurrent units over a sequence. Implement it, with its [Cell], to add a recurrent unit of your own: all
/// passes to second order, along several directions at once, with checkpoints and structural damping, come from here.
///
/// ```java
/// record MyLayer(int units, SequenceOutput output, StateMemory memory) implements CellLayer {
///     public int arguments() {
///         return units;
///     }
///
///     public Cell cell(Vector parameters, List<ParameterSlice> own) {
///         return new MyCell(units);
///     }
/// }
/// ```
///
/// Parameters: `wx`, arguments × inputs; `wh`, arguments × units; `bias`, arguments; then the cell's own. Wx with b and
/// Wh are blocks of their own, with the time steps as positions: sums over time belong to a case (Martens & Sutskever
/// 2012, §11.3).
public interface CellLayer extends Layer {
    /// More units need more weights than an array holds.
    int MOST_UNITS = 1 << 16;

    /// {@return the number of hidden units h}
    int units();

    /// {@return what leaves the layer}
    SequenceOutput output();

    /// {@return what is remembered of a forward pass}
    StateMemory memory();

    /// {@return the rows of Wx and Wh}: as many as units, or a multiple of them for units with gates.
    int arguments();

    /// {@return the parameters of the cell besides Wx, Wh and b}
    default List<ParameterSpec> ownParameters() {
        return List.of();
    }

    /// {@return the cell at parameter values}
    ///
    /// @param parameters θ, the flat vector of the whole network
    /// @param own the arrays of [#ownParameters]
    Cell cell(Vector parameters, List<ParameterSlice> own);

    /// {@return the input as the sequence that it must be}
    ///
    /// @param input the shape of one case before the layer
    /// @throws IllegalArgumentException if it is none
    private Shape.Sequence sequence(Shape input) {
        if (input instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException("a recurrent layer takes a sequence, got " + input + ": " + this);
    }

    @Override
    default Shape output(Shape input) {
        Shape.Sequence sequence = sequence(input);
        return switch (output()) {
            case ALL -> new Shape.Sequence(sequence.length(), units());
            case LAST -> new Shape.Features(units());
        };
    }

    @Override
    default List<ParameterSpec> parameters(Shape input) {
        int features = sequence(input).features();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight("wx", arguments(), features));
        specs.add(new ParameterSpec("wh", List.of(arguments(), units()), ParameterSpec.Role.RECURRENT));
        specs.add(ParameterSpec.bias("bias", arguments(), features + units()));
        specs.addAll(ownParameters());
        return specs;
    }

    @Override
    default List<BlockSpec> blocks(Shape input) {
        return List.of(new BlockSpec(0, OptionalInt.of(2)), new BlockSpec(1, OptionalInt.empty()));
    }

    @Override
    default HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.STATES;
    }

    @Override
    default boolean startsUnit() {
        return true;
    }

    @Override
    default LayerPass open(LayerSite site, Matrix x, Matrix y) {
        int shared = site.slices().size() - ownParameters().size();
        Cell cell = cell(site.parameters(), site.slices().subList(shared, site.slices().size()));
        return new SequencePass(cell, site, this, x).forward(y, site.workspace());
    }

    /// Checks the number of units.
    ///
    /// @param units at least 1
    /// @throws IllegalArgumentException if it is less
    static void requireUnits(int units) {
        if (units < 1 || units > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "a recurrent layer has from 1 to " + MOST_UNITS + " units, got " + units);
        }
    }
}
