package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.util.Optional;

/// The run of [Averaged].
final class AveragedRun implements Run {
    private static final String METHOD = "averaged";

    private final Averaged config;
    private final Run inner;
    private final Start start;
    private final Vector average;
    private long averaged;

    AveragedRun(Averaged config, Run inner, Start start) {
        this.config = config;
        this.inner = inner;
        this.start = start;
        average = start.parameters().values().copy();
    }

    @Override
    public StepReport step(StepData data) {
        StepReport report = inner.step(data);
        if (report.moved()) {
            averaged++;
            double decay = config.decay(averaged);
            average.axpby(1 - decay, start.parameters().values(), decay);
        }
        return report;
    }

    @Override
    public Optional<Vector> average() {
        return Optional.of(average);
    }

    @Override
    public long steps() {
        return inner.steps();
    }

    @Override
    public State state() {
        State state = new State(METHOD, inner.state());
        state.put("average", average);
        state.put("averaged", averaged);
        return state;
    }

    @Override
    public void restore(State state) {
        inner.restore(state.inner(METHOD));
        state.get("average", average);
        averaged = (long) state.number("averaged");
    }
}
