package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;

/// The run of every method that moves straight along a direction: gradient, direction, move.
public final class DescentRun implements Run {
    private final String method;
    private final Start start;
    private final DirectStep rule;
    private final Direction direction;
    private long steps;
    private double gradientScale = 1;

    /// A run at its beginning.
    ///
    /// @param method the name of the method, which its states bear
    /// @param start model, parameters, workspace
    /// @param rule how far along the direction
    /// @param direction the method
    public DescentRun(String method, Start start, DirectStep rule, Direction direction) {
        this.method = method;
        this.start = start;
        this.rule = rule;
        this.direction = direction;
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        Vector theta = start.parameters().values();
        try (var frame = start.ws().open()) {
            Vector g = frame.vector(theta.precision(), theta.size());
            Vector p = frame.vector(theta.precision(), theta.size());
            double loss;
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), start.ws())) {
                loss = at.loss();
                at.gradient(g, direction.observer(steps));
                if (!Double.isFinite(loss) || !g.isFinite()) {
                    String what = "the loss (" + loss + ") or its gradient is not finite";
                    return rejected(loss, what + "; lower the learning rate");
                }
                gradientScale = rule.clip(g);
                direction.direction(steps, at, g, p);
            }
            if (!rule.move(start.parameters(), p, steps)) {
                return rejected(loss, "the direction is not finite; lower the learning rate or raise the damping");
            }
            direction.moved(steps, data.gradient());
            return report(loss, new StepOutcome.Moved());
        }
    }

    private StepReport rejected(double loss, String reason) {
        return report(loss, new StepOutcome.Rejected(reason));
    }

    private StepReport report(double loss, StepOutcome outcome) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("stepSize", outcome instanceof StepOutcome.Moved ? rule.rate(steps) : 0);
        if (rule.gradientClip() > 0) {
            figures.put("gradientScale", gradientScale);
        }
        direction.figures(figures);
        return new StepReport(steps, loss, outcome, figures);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public State state() {
        State state = new State(method);
        state.put("steps", steps);
        direction.save(state);
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(method);
        direction.restore(state);
        steps = (long) state.number("steps");
    }
}
