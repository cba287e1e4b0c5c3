package example;

import io.quadric.linalg.Vector;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;

/// A decorator of one's own: every k steps of another method, the slow weights φ ← φ + α(θ − φ) and θ ← φ (Zhang,
/// Lucas, Hinton & Ba 2019, Algorithm 1).
///
/// @param optimizer the method that takes the steps
/// @param period k
/// @param pull α
record Lookahead(
        Optimizer optimizer,
        @Tunable(key = "lookaheadPeriod", value = "steps k between moves of the slow weights") int period,
        @Tunable(key = "lookaheadPull", value = "part α of the way that the slow weights move") double pull)
        implements Optimizer {
    @Override
    public Run start(Start start) {
        return new Slowed(start);
    }

    private final class Slowed implements Run {
        private final Start start;
        private final Run inner;
        private final Vector slow;

        Slowed(Start start) {
            this.start = start;
            inner = optimizer.start(start);
            slow = start.parameters().values().copy();
        }

        @Override
        public StepReport step(StepData data) {
            StepReport report = inner.step(data);
            if (steps() % period == 0) {
                slow.axpby(pull, start.parameters().values(), 1 - pull);
                start.parameters().update(theta -> theta.copyFrom(slow));
            }
            return report;
        }

        @Override
        public long steps() {
            return inner.steps();
        }

        @Override
        public State state() {
            State state = new State("lookahead", inner.state());
            state.put("slow", slow);
            return state;
        }

        @Override
        public void restore(State state) {
            inner.restore(state.inner("lookahead"));
            state.get("slow", slow);
        }
    }
}
