package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Another method whose steps are scaled: θ ← θ + c wₖ (θ⁺ − θ), where θ⁺ is where the method would go from θ, and wₖ a
/// schedule. It gives a rate to methods that choose the length of a step themselves, and a schedule to those with a
/// constant one; what the method adapts, it adapts to its own step.
///
/// @param optimizer the method
/// @param factor c
/// @param schedule wₖ
public record Scheduled(
        Optimizer optimizer,
        @Tunable(key = "stepFactor", value = "factor on every step of the method") double factor,
        RateSchedule schedule)
        implements Optimizer {
    /// Checks the factor.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Scheduled {
        Require.positive("stepFactor", factor);
    }

    @Override
    public Set<BatchRole> batches() {
        return optimizer.batches();
    }

    /// The memory of the method, and the parameters before a step.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        OptionalLong own = optimizer.memory(layout);
        return own.isPresent() ? OptionalLong.of(own.getAsLong() + layout.size()) : own;
    }

    @Override
    public long scratch(Network network, int cases) {
        return optimizer.scratch(network, cases);
    }

    @Override
    public Run start(Start start) {
        return new Scaling(start);
    }

    /// Its state is the state of the method, whose number of steps decides the schedule.
    private final class Scaling implements Run {
        private final Start start;
        private final Run inner;
        private final Vector before;

        Scaling(Start start) {
            this.start = start;
            inner = optimizer.start(start);
            before = start.parameters().values().copy();
        }

        @Override
        public void prepare() {
            inner.prepare();
        }

        @Override
        public StepReport step(StepData data) {
            before.copyFrom(start.parameters().values());
            StepReport report = inner.step(data);
            double scale = factor * schedule.at(report.step());
            if (!report.moved() || scale == 1) {
                return report;
            }
            start.parameters().update(theta -> theta.axpby(1 - scale, before, scale));
            Map<String, Double> figures = new LinkedHashMap<>(report.figures());
            figures.computeIfPresent("stepSize", (name, size) -> size * scale);
            return new StepReport(report.step(), report.loss(), report.outcome(), figures);
        }

        @Override
        public Optional<Vector> average() {
            return inner.average();
        }

        @Override
        public long steps() {
            return inner.steps();
        }

        @Override
        public State state() {
            return inner.state();
        }

        @Override
        public void restore(State state) {
            inner.restore(state);
        }
    }
}
