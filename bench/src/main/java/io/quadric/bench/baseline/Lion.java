package io.quadric.bench.baseline;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Vector;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;

/// Lion (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", Algorithm 2): p = sign(β₁m + (1−β₁)g),
/// m ← β₂m + (1−β₂)g.
///
/// @param step α, and the decoupled decay, which the paper calls λ
/// @param beta1 β₁
/// @param beta2 β₂
public record Lion(
        DirectStep step,
        @Tunable("weight β₁ of the momentum in the direction") double beta1,
        @Tunable("decay β₂ of the momentum") double beta2)
        implements Optimizer {
    /// The paper's β₁ = 0.9 and β₂ = 0.99, without decay.
    ///
    /// @param learningRate α
    public Lion(double learningRate) {
        this(new DirectStep(learningRate), 0.9, 0.99);
    }

    @Override
    public Run start(Start start) {
        return step.run("lion", start, new Sign(start));
    }

    private final class Sign implements Direction {
        private final Start start;
        private final Vector momentum;

        Sign(Start start) {
            this.start = start;
            momentum = start.parameters().values().copy().fill(0);
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            p.copyFrom(momentum).axpby(1 - beta1, g, beta1);
            Elementwise.map(Math::signum, p.asRow(), p.asRow(), start.ws());
            momentum.axpby(1 - beta2, g, beta2);
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("momentum", momentum);
        }
    }
}
