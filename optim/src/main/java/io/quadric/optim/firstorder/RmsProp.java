package io.quadric.optim.firstorder;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.OptionalLong;

/// RMSprop: v ← ρv + (1−ρ)g², p = g / (√v + ε), where v starts at 0 and is not corrected (Tieleman & Hinton 2012,
/// lecture 6.5).
///
/// @param step the step rule
/// @param decay ρ
/// @param epsilon ε, outside the root
public record RmsProp(
        DirectStep step,
        @Tunable("decay ρ of the mean squared gradient") double decay,
        @Tunable("ε added to the root") double epsilon)
        implements Optimizer {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public RmsProp {
        Require.fraction("decay", decay);
        Require.positive("epsilon", epsilon);
    }

    /// The mean squares.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size());
    }

    @Override
    public Run start(Start start) {
        return step.run("rmsprop", start, new MeanSquare(start.parameters().values(), start.ws()));
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
            new Hadamard(1 - decay, decay).multiply(g.asRow(), g.asRow(), square.asRow(), ws);
            Elementwise.divideByRoot(new RootDivision(1, 1, epsilon), g.asRow(), square.asRow(), p.asRow());
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("square", square);
        }
    }
}
