package io.quadric.optim.firstorder;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
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

/// Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
/// p = (m / (1−β₁ᵏ)) / (√(v / (1−β₂ᵏ)) + ε) (Kingma & Ba 2015, Algorithm 1).
///
/// @param step the step rule
/// @param beta1 β₁
/// @param beta2 β₂
/// @param epsilon ε, outside the root
public record Adam(
        DirectStep step,
        @Tunable("decay β₁ of the mean gradient") double beta1,
        @Tunable("decay β₂ of the mean squared gradient") double beta2,
        @Tunable("ε added to the root") double epsilon)
        implements Optimizer {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Adam {
        Require.fraction("beta1", beta1);
        Require.fraction("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /// Both moments.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(2L * layout.size());
    }

    @Override
    public Run start(Start start) {
        return step.run("adam", start, new Moments(start.parameters().values(), start.ws()));
    }

    private final class Moments implements Direction {
        private final Vector mean;
        private final Vector square;
        private final Workspace ws;
        private long observations;

        Moments(Vector like, Workspace ws) {
            mean = Vector.zeros(like.precision(), like.size());
            square = Vector.zeros(like.precision(), like.size());
            this.ws = ws;
        }

        @Override
        public void direction(long k, Linearization at, Vector g, Vector p) {
            observations++;
            double meanScale = 1 / (1 - Math.pow(beta1, observations));
            double squareScale = 1 / (1 - Math.pow(beta2, observations));
            RootDivision division = new RootDivision(meanScale, squareScale, epsilon);
            Hadamard average = new Hadamard(1 - beta2, beta2);
            ws.ranges(g.size(), (range, from, to) -> {
                Vector gradient = g.slice(from, to);
                Matrix m = mean.slice(from, to).axpby(1 - beta1, gradient, beta1).asRow();
                Matrix v = square.slice(from, to).asRow();
                average.multiply(gradient.asRow(), gradient.asRow(), v, ws);
                Elementwise.divideByRoot(division, m, v, p.slice(from, to).asRow());
            });
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("mean", mean);
            archive.array("square", square);
            observations = archive.count("observations", observations);
        }
    }
}
