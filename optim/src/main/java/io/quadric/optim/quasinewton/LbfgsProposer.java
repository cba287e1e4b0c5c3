package io.quadric.optim.quasinewton;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.Map;
import java.util.Optional;

/// The memory of [Lbfgs]: the last pairs, the oldest one in row `next` once all rows are in use.
final class LbfgsProposer implements Proposer {
    private final Lbfgs config;
    private final Start start;
    private final Matrix steps;
    private final Matrix changes;
    private int count;
    private int next;

    LbfgsProposer(Lbfgs config, Start start) {
        this.config = config;
        this.start = start;
        Vector theta = start.parameters().values();
        steps = Matrix.zeros(theta.precision(), config.memory(), theta.size());
        changes = Matrix.zeros(theta.precision(), config.memory(), theta.size());
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial, frame);
    }

    @Override
    public void failed() {
        count = 0;
        next = 0;
    }

    /// p ← −H g
    void direction(Vector g, Vector p) {
        p.axpby(-1, g, 0);
        if (count == 0) {
            p.scale(Math.min(1, 1 / g.norm()));
            return;
        }
        double[] shares = new double[count];
        for (int i = count - 1; i >= 0; i--) {
            shares[i] = step(i).dot(p) / step(i).dot(change(i));
            p.axpy(-shares[i], change(i));
        }
        Vector last = change(count - 1);
        p.scale(step(count - 1).dot(last) / last.dot(last));
        for (int i = 0; i < count; i++) {
            double share = change(i).dot(p) / step(i).dot(change(i));
            p.axpy(shares[i] - share, step(i));
        }
    }

    /// Pair i, from the oldest on.
    private Vector step(int i) {
        return steps.row(row(i));
    }

    private Vector change(int i) {
        return changes.row(row(i));
    }

    private int row(int i) {
        return Math.floorMod(next - count + i, config.memory());
    }

    /// Keeps a pair if its curvature is more than a rounding error.
    boolean keep(Vector s, Vector y) {
        double product = s.dot(y);
        double unit = s.precision() == Precision.FLOAT64 ? 0x1p-53 : 0x1p-24;
        double square = y.dot(y);
        if (!(product > unit * square) || !Double.isFinite(1 / product) || !Double.isFinite(product / square)) {
            return false;
        }
        steps.row(next).copyFrom(s);
        changes.row(next).copyFrom(y);
        next = (next + 1) % config.memory();
        count = Math.min(count + 1, config.memory());
        return true;
    }

    /// One step.
    private final class Attempt implements Proposal {
        private final TrialStep trial;
        private final Vector trialGradient;
        private final Vector moved;
        private int trials;
        private int pairs;

        Attempt(TrialStep trial, Workspace.Frame frame) {
            this.trial = trial;
            Vector theta = start.parameters().values();
            trialGradient = frame.vector(theta.precision(), theta.size());
            moved = frame.vector(theta.precision(), theta.size());
        }

        @Override
        public CaseSet batch(StepData data) {
            return data.gradient();
        }

        @Override
        public Optional<String> solve(Objective at) {
            pairs = count;
            direction(trial.gradient(), trial.delta());
            double slope = trial.gradient().dot(trial.delta());
            return slope < 0 && trial.delta().isFinite()
                    ? Optional.empty()
                    : Optional.of("there is no direction along which the objective falls (slope " + slope
                            + "): it is at a minimum, or the pairs are no longer of use");
        }

        @Override
        public StepOutcome judge() {
            var origin = new WolfeSearch.Point(0, trial.loss(), trial.gradient().dot(trial.delta()));
            var search = new WolfeSearch(config, origin, this::at);
            double alpha = search.run();
            trials = search.trials();
            if (!(alpha > 0)) {
                return trial.fail("no point along the direction has a low enough objective, which is at a minimum but "
                        + "for rounding, or not smooth");
            }
            if (search.last() != alpha) {
                at(alpha);
            }
            StepOutcome outcome = trial.move(alpha);
            if (outcome instanceof StepOutcome.Moved) {
                trialGradient.axpy(-1, trial.gradient());
                keep(moved.axpby(alpha, trial.delta(), 0), trialGradient);
            }
            return outcome;
        }

        /// f and its slope at θ + αp.
        private WolfeSearch.Point at(double alpha) {
            Parameters theta = start.parameters();
            moved.copyFrom(theta.values()).axpy(alpha, trial.delta());
            Parameters there = new Parameters(theta.layout(), moved);
            try (var at = trial.data().gradient().at(start.model(), there, start.ws())) {
                double value = at.gradient(trialGradient, Objective.Observer.NONE);
                return new WolfeSearch.Point(alpha, value, trialGradient.dot(trial.delta()));
            }
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("stepSize", trial.stepSize());
            figures.put("trials", (double) trials);
            figures.put("pairs", (double) pairs);
        }
    }

    @Override
    public void serialize(Archive archive) {
        count = (int) archive.count("count", count);
        next = (int) archive.count("next", next);
        archive.array("steps", steps);
        archive.array("changes", changes);
    }
}
