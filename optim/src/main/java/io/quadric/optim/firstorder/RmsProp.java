package io.quadric.optim.firstorder;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.InitialStatistics;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.OptionalLong;

/// RMSprop: v ← ρv + (1−ρ)g², m ← β₁m + (1−β₁)g, p = m / (√v + ε), without bias correction (Tieleman & Hinton 2012,
/// lecture 6.5, where β₁ = 0 and v starts at 0).
///
/// @param step the step rule
/// @param decay ρ
/// @param beta1 β₁
/// @param warmStart whether v starts at the mean of g² over the warm-up batches (Ren 2022, §2.8.2)
/// @param epsilon ε, outside the root
public record RmsProp(
        DirectStep step,
        @Tunable("decay ρ of the mean squared gradient") double decay,
        @Tunable("decay β₁ of the mean gradient") double beta1,
        @Tunable(key = "warmSquare",
                value = "whether the mean squared gradient starts from the warm-up data") boolean warmStart,
        @Tunable("ε added to the root") double epsilon)
        implements Optimizer {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public RmsProp {
        Require.fraction("decay", decay);
        Require.fraction("beta1", beta1);
        Require.positive("epsilon", epsilon);
    }

    /// The mean squares and, where there is one, the mean.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of((beta1 > 0 ? 2L : 1L) * layout.size());
    }

    @Override
    public Run start(Start start) {
        return step.run("rmsprop", start, new Moments(start));
    }

    private final class Moments implements Direction {
        private final Start start;
        private final Vector mean;
        private final Vector square;
        private boolean warm = !warmStart;

        Moments(Start start) {
            this.start = start;
            Vector theta = start.parameters().values();
            mean = Vector.zeros(theta.precision(), beta1 > 0 ? theta.size() : 0);
            square = Vector.zeros(theta.precision(), theta.size());
        }

        /// v ← the mean over the warm-up batches of the squares of their mean gradients.
        @Override
        public void prepare() {
            if (warm) {
                return;
            }
            InitialStatistics.run("RMSprop", start, batch -> 1, (at, seen, weight) -> {
                try (var frame = start.ws().open()) {
                    Vector g = frame.vector(square.precision(), square.size());
                    at.gradient(g);
                    addSquare(1 - weight, g);
                }
            });
            warm = true;
        }

        private void addSquare(double beta, Vector g) {
            new Hadamard(1 - beta, beta).multiply(g.asRow(), g.asRow(), square.asRow(), start.ws());
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            addSquare(decay, g);
            Vector numerator = g;
            if (beta1 > 0) {
                mean.axpby(1 - beta1, g, beta1);
                numerator = mean;
            }
            Elementwise.divideByRoot(new RootDivision(1, 1, epsilon), numerator.asRow(), square.asRow(), p.asRow());
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("square", square);
            if (beta1 > 0) {
                archive.array("mean", mean);
            }
            if (warmStart) {
                warm = archive.flag("warm", warm);
            }
        }
    }
}
