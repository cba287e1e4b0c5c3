package io.quadric.nn.recurrent;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.registry.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// h_τ = s(Wxh x_τ + Whh h_{τ−1} + b) over a sequence of inputs x₁ … x_T, with a trainable first state h₀ (Martens &
/// Sutskever 2012, §3).
///
/// Parameters: `wxh`, units × inputs; `whh`, units × units; `bias` and `h0`, units.
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
        implements CellLayer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public RecurrentLayer {
        CellLayer.requireUnits(units);
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
    public int arguments() {
        return units;
    }

    @Override
    public List<ParameterSpec> ownParameters() {
        return List.of(new ParameterSpec("h0", List.of(units), ParameterSpec.Role.STATE));
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        List<ParameterSpec> specs = new ArrayList<>(CellLayer.super.parameters(input));
        specs.set(0, specs.get(0).named("wxh"));
        specs.set(1, specs.get(1).named("whh"));
        if (!bias) {
            specs.remove(2);
        }
        return specs;
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        List<BlockSpec> blocks = CellLayer.super.blocks(input);
        return bias ? blocks : List.of(new BlockSpec(0, OptionalInt.empty()), blocks.get(1));
    }

    @Override
    public boolean hasKinks() {
        return new Activation(function).hasKinks();
    }

    @Override
    public Cell cell(Vector parameters, List<ParameterSlice> own) {
        return new Unit(units, function, own.getFirst());
    }

    /// h⁺ = s(a), h₀ a parameter.
    private record Unit(int units, ElementaryFunction function, ParameterSlice first) implements Cell {
        @Override
        public Sizes sizes() {
            return new Sizes(units, units, units, 0, 0, Recurrence.ADDED);
        }

        @Override
        public boolean hasLogisticUnits() {
            return function == ElementaryFunction.LOGISTIC;
        }

        @Override
        public void initial(Vector flat, Matrix state) {
            state.copyFrom(first.of(flat).repeated(state.rows()));
        }

        @Override
        public void forward(Tape a, int t, Workspace ws) {
            Elementwise.apply(function, a.arguments(t), a.state(t + 1), ws);
        }

        @Override
        public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
            Elementwise.chain(point(a, t), r.arguments(t), r.state(t + 1), ws);
        }

        @Override
        public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
            Elementwise.chain(point(a, t), d.state(t + 1), d.arguments(t), ws);
        }

        @Override
        public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
            backward(tapes.a(), tapes.rd(), t, sums, ws);
            Elementwise.addSecond(
                    point(tapes.a(), t), tapes.r().arguments(t), tapes.d().state(t + 1), tapes.rd().arguments(t), ws);
        }

        @Override
        public void report(Matrix firstCotangent, Matrix sums, Sink sink, Workspace ws) {
            sink.direct(first, firstCotangent, ws);
        }

        private FunctionPoint point(Tape a, int t) {
            return new FunctionPoint(function, a.arguments(t), a.state(t + 1));
        }
    }
}
