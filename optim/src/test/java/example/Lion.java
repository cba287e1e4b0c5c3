package example;

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

/// An optimizer of one's own: Lion, p = sign(β₁m + (1−β₁)g), m ← β₂m + (1−β₂)g (Chen et al. 2023, Algorithm 2).
///
/// @param step α, and γ, which Lion calls λ
/// @param beta1 β₁
/// @param beta2 β₂
record Lion(
        DirectStep step,
        @Tunable("weight β₁ of the momentum in the direction") double beta1,
        @Tunable("decay β₂ of the momentum") double beta2)
        implements Optimizer {
    /// The paper's defaults, without weight decay.
    Lion(double learningRate) {
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
            Vector theta = start.parameters().values();
            momentum = Vector.zeros(theta.precision(), theta.size());
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
