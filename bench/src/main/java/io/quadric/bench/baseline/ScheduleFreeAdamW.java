package io.quadric.bench.baseline;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;
import io.quadric.optim.step.Decorator;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.Optional;

/// Schedule-Free AdamW (Defazio et al. 2024, "The Road Less Scheduled", Algorithm 1): gradients are taken at
/// y = (1−β₁)z + β₁x, Adam without momentum moves z, and x, what is evaluated, is the mean of the z weighed by γ².
/// The parameters of the run are y; x is its average.
///
/// @param learningRate γ
/// @param beta1 β₁
/// @param beta2 β₂ of the mean square
/// @param decay λ of the decoupled weight decay, at y
/// @param warmUp steps in which the rate grows to γ
public record ScheduleFreeAdamW(
        @Tunable("learning rate γ") double learningRate,
        @Tunable("share β₁ of the average in y") double beta1,
        @Tunable("decay β₂ of the mean squared gradient") double beta2,
        @Tunable("weight decay λ") double decay,
        @Tunable("steps of warm-up") int warmUp)
        implements Optimizer {
    private static final double EPSILON = 1e-8;

    /// The published γ = 0.0025 and β = (0.9, 0.999), without decay and warm-up.
    public ScheduleFreeAdamW() {
        this(0.0025, 0.9, 0.999, 0, 0);
    }

    @Override
    public Run start(Start start) {
        Interpolation interpolation = new Interpolation(start);
        Run run = new DirectStep(1).run("schedule-free-adamw", start, interpolation);
        return new Decorator.Around() {
            @Override
            public Run inner() {
                return run;
            }

            @Override
            public StepReport step(StepData data) {
                return run.step(data);
            }

            @Override
            public Optional<Vector> average() {
                return Optional.of(interpolation.x);
            }
        };
    }

    private final class Interpolation implements Direction {
        private final Workspace ws;
        private final Start start;
        private final Vector x;
        private final Vector z;
        private final Vector square;
        private double weights;

        Interpolation(Start start) {
            this.start = start;
            ws = start.ws();
            x = start.parameters().values().copy();
            z = x.copy();
            square = x.copy().fill(0);
        }

        @Override
        public void direction(long k, Objective at, Vector g, Vector p) {
            Vector y = start.parameters().values();
            new Hadamard(1 - beta2, beta2).multiply(g.asRow(), g.asRow(), square.asRow(), ws);
            double rate = learningRate * Math.min(1, warmUp > 0 ? (double) k / warmUp : 1);
            RootDivision division = new RootDivision(1, 1 / (1 - Math.pow(beta2, k)), EPSILON);
            Elementwise.divideByRoot(division, g.asRow(), square.asRow(), p.asRow());
            z.axpy(-rate, p).axpy(-rate * decay, y);
            weights += rate * rate;
            double share = rate * rate / weights;
            x.axpby(share, z, 1 - share);
            // the step goes from y to the next y with a rate of 1
            p.copyFrom(y).axpy(-(1 - beta1), z).axpy(-beta1, x);
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("x", x);
            archive.array("z", z);
            archive.array("square", square);
            weights = archive.number("weights", weights);
        }
    }
}
