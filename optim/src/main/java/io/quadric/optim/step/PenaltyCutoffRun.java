package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.Model;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.util.Optional;

/// The run of [PenaltyCutoff]. Its state is that of the method: the step decides whether there is a penalty.
final class PenaltyCutoffRun implements Run {
    private final PenaltyCutoff config;
    private final Start start;
    private Run inner;
    private boolean ended;

    PenaltyCutoffRun(PenaltyCutoff config, Start start) {
        this.config = config;
        this.start = start;
        inner = config.optimizer().start(start);
    }

    @Override
    public StepReport step(StepData data) {
        if (!ended && inner.steps() >= config.steps()) {
            end();
        }
        return inner.step(data);
    }

    /// Opens the method anew on the model without penalty, with the state reached.
    private void end() {
        Model plain = new Model(start.model().network(), start.model().loss());
        Run next = config.optimizer()
                .start(new Start(plain, start.parameters(), start.warmUp(), start.seed(), start.ws()));
        if (inner.steps() > 0) {
            next.restore(inner.state());
        }
        inner = next;
        ended = true;
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
        if (ended) {
            inner = config.optimizer().start(start);
            ended = false;
        }
        inner.restore(state);
    }
}
