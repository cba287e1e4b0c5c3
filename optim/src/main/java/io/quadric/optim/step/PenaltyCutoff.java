package io.quadric.optim.step;

import io.quadric.nn.Model;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// Another method on a model that loses its L2 penalty: a little of it helps at the beginning of training, and
/// switching it off near the end gives the lowest training error (Martens & Sutskever 2012, §13).
///
/// Steps 1 to `steps` see the penalty, later ones the same model without it. The objective evaluated for reports keeps
/// the penalty, so that its values remain comparable.
///
/// @param optimizer the method that takes the steps
/// @param steps the last step with the penalty
public record PenaltyCutoff(
        Optimizer optimizer,
        @Tunable(key = "penaltySteps", value = "last step that sees the model's L2 penalty") int steps)
        implements Decorator {
    /// Checks the step.
    ///
    /// @throws IllegalArgumentException if it is negative
    public PenaltyCutoff {
        Require.notNegative("penaltySteps", steps);
    }

    @Override
    public Run start(Start start) {
        return new Cutting(start);
    }

    /// Its state is the state of the method: the number of steps tells whether there is a penalty.
    private final class Cutting implements Around {
        private final Start start;
        private Run inner;
        private boolean ended;

        Cutting(Start start) {
            this.start = start;
            inner = optimizer.start(start);
        }

        @Override
        public Run inner() {
            return inner;
        }

        @Override
        public void prepare() {
            if (!ended && inner.steps() >= steps) {
                end();
            }
            inner.prepare();
        }

        @Override
        public StepReport step(StepData data) {
            prepare();
            return inner.step(data);
        }

        /// Restarts the method on the model without penalty, from the state it has reached.
        private void end() {
            Model plain = new Model(start.model().network(), start.model().loss());
            Run next = optimizer.start(new Start(
                    plain, start.parameters(), start.warmUp(), start.seed(), start.ws(), start.gradients()));
            if (inner.steps() > 0) {
                next.restore(inner.state());
            }
            inner = next;
            ended = true;
        }

        @Override
        public void restore(State state) {
            if (ended) {
                inner = optimizer.start(start);
                ended = false;
            }
            inner.restore(state);
        }
    }
}
