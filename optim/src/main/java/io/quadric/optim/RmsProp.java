package io.quadric.optim;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterLayout;
import java.util.OptionalLong;

/// RMSprop: v ← ρv + (1−ρ)g², p = g / (√v + ε), v from 0 without correction (Tieleman & Hinton 2012, lecture 6.5).
///
/// @param step the step rule
/// @param decay ρ
/// @param epsilon ε, outside the root
public record RmsProp(
        DirectStep step,
        @Hyper("decay ρ of the mean squared gradient") double decay,
        @Hyper("ε added to the root") double epsilon)
        implements Optimizer {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public RmsProp {
        Ranges.fraction("decay", decay);
        Ranges.positive("epsilon", epsilon);
    }

    /// The mean squares.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size());
    }

    @Override
    public Run start(Start start) {
        return new DescentRun("rmsprop", start, step, new MeanSquare(start.parameters().values(), start.ws()));
    }

    private final class MeanSquare implements Direction {
        private final Vector square;
        private final Workspace ws;

        MeanSquare(Vector like, Workspace ws) {
            square = Vector.zeros(like.precision(), like.size());
            this.ws = ws;
        }

        @Override
        public void direction(long k, Linearization at, Vector g, Vector p) {
            Elementwise.multiply(1 - decay, new Pair(g.asRow(), g.asRow()), decay, square.asRow(), ws);
            Elementwise.divideByRoot(new Pair(g.asRow(), square.asRow()), 1, 1, epsilon, p.asRow());
        }

        @Override
        public void save(State state) {
            state.put("square", square);
        }

        @Override
        public void restore(State state) {
            state.get("square", square);
        }
    }
}
