package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.Optional;
import java.util.OptionalLong;

/// Another method with an average of its parameters, which is evaluated in their place and has no effect on the steps
/// (Polyak & Juditsky 1992): θ̂ ← β_t θ̂ + (1 − β_t) θ after the t-th step that moved them.
///
/// @param optimizer the method that takes the steps
/// @param decay β
/// @param beginning what β_t is
public record Averaged(
        Optimizer optimizer,
        @Tunable(key = "averageDecay", value = "decay β of the average of the parameters") double decay,
        @Tunable(key = "averageStart", value = "how the average of the parameters begins") AverageStart beginning)
        implements Decorator {
    /// How an average begins.
    public enum AverageStart {
        /// β_t = min(β, 1 − 1/t): at first the exact mean of the parameters after each step (Botev et al. 2017, C.4,
        /// with β = 0.95; Martens & Grosse 2015, §13).
        MEAN,
        /// β_t = β, starting from the initial parameters (Zhang et al. 2017, §4.3, with β = 0.99).
        FIRST
    }

    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if β is not in [0, 1)
    public Averaged {
        Require.fraction("averageDecay", decay);
    }

    /// The average of Botev et al. (2017, C.4), β = 0.95.
    ///
    /// @param optimizer the method that takes the steps
    public Averaged(Optimizer optimizer) {
        this(optimizer, 0.95, AverageStart.MEAN);
    }

    /// The memory of the method, and the averaged parameters.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        OptionalLong own = optimizer.memory(layout);
        return own.isPresent() ? OptionalLong.of(own.getAsLong() + layout.size()) : own;
    }

    @Override
    public Run start(Start start) {
        return new Averaging(start);
    }

    /// β_t
    private double decay(long t) {
        return beginning == AverageStart.MEAN ? Math.min(decay, 1 - 1.0 / t) : decay;
    }

    private final class Averaging implements Around {
        private final Start start;
        private final Run inner;
        private final Vector average;
        private long averaged;

        Averaging(Start start) {
            this.start = start;
            inner = optimizer.start(start);
            average = start.parameters().values().copy();
        }

        @Override
        public Run inner() {
            return inner;
        }

        @Override
        public StepReport step(StepData data) {
            StepReport report = inner.step(data);
            if (report.moved()) {
                averaged++;
                double beta = decay(averaged);
                average.axpby(1 - beta, start.parameters().values(), beta);
            }
            return report;
        }

        @Override
        public Optional<Vector> average() {
            return Optional.of(average);
        }

        @Override
        public State state() {
            State state = new State("averaged", inner.state());
            state.put("average", average);
            state.put("averaged", averaged);
            return state;
        }

        @Override
        public void restore(State state) {
            inner.restore(state.inner("averaged"));
            state.get("average", average);
            averaged = (long) state.number("averaged");
        }
    }
}
