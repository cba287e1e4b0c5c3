package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

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
        implements Decorator {
    /// Checks the factor.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Scheduled {
        Require.positive("stepFactor", factor);
    }

    /// The memory of the method, and the parameters before a step.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        OptionalLong own = optimizer.memory(layout);
        return own.isPresent() ? OptionalLong.of(own.getAsLong() + layout.size()) : own;
    }

    @Override
    public Run start(Start start) {
        return new Scaling(start);
    }

    /// Its state is the state of the method, whose number of steps decides the schedule.
    private final class Scaling implements Around {
        private final Start start;
        private final Run inner;
        private final Vector before;

        Scaling(Start start) {
            this.start = start;
            inner = optimizer.start(start);
            before = start.parameters().values().copy();
        }

        @Override
        public Run inner() {
            return inner;
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
    }
}
