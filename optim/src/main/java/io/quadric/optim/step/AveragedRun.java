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
    private static final String METHOD = "averaged ";
    private static final String INNER = "inner.";

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
        State own = inner.state();
        State state = new State(METHOD + own.method());
        state.put("average", average);
        state.put("averaged", averaged);
        own.arrays().forEach((name, values) -> state.put(INNER + name, values));
        own.numbers().forEach((name, value) -> state.put(INNER + name, value));
        return state;
    }

    @Override
    public void restore(State state) {
        if (!state.method().startsWith(METHOD)) {
            state.require(METHOD + inner.state().method());
        }
        State own = new State(state.method().substring(METHOD.length()));
        state.arrays().forEach((name, values) -> {
            if (name.startsWith(INNER)) {
                own.put(name.substring(INNER.length()), values);
            }
        });
        state.numbers().forEach((name, value) -> {
            if (name.startsWith(INNER)) {
                own.put(name.substring(INNER.length()), value);
            }
        });
        inner.restore(own);
        state.get("average", average);
        averaged = (long) state.number("averaged");
    }
}
