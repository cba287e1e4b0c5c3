package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.solver.IterateListener;
import io.quadric.linalg.solver.KeptIterates;
import io.quadric.optim.internal.TrialObjective;
import io.quadric.optim.step.TrialStep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Follows the iterates of one run of conjugate gradients: keeps some for backtracking, ends the run by
/// [EarlyTermination], and keeps the tested iterate that [WarmStart] asks for.
final class IterateWatch implements IterateListener {
    private final EarlyTermination rule;
    private final WarmStart.Iterate wanted;
    private final TrialObjective objective;
    private final KeptIterates kept;
    private final Vector extreme;
    private final List<Integer> tested = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private OptionalDouble start = OptionalDouble.empty();
    private OptionalDouble extremeValue = OptionalDouble.empty();

    /// @param objective on the batch that ends CG
    /// @param trial the step
    /// @param frame the topmost open frame, for the kept iterates
    IterateWatch(HessianFree config, TrialObjective objective, TrialStep trial, Workspace.Frame frame) {
        Vector like = trial.delta();
        rule = config.solver().termination();
        wanted = config.solver().start().iterate();
        this.objective = objective;
        BacktrackingRule backtracking = config.search().backtracking();
        boolean keeps = backtracking.active() && !config.solver().region().isOn();
        int keepUpTo = keeps ? config.solver().cg().limit(trial.number()) : 0;
        kept = new KeptIterates(backtracking.spacing(), keepUpTo, like.precision(), like.size(), frame);
        extreme = frame.vector(like.precision(), wanted.needsTests() ? like.size() : 0);
    }

    @Override
    public boolean iterate(int iteration, Vector x, double model) {
        kept.iterate(iteration, x, model);
        return rule.isOn() && iteration % rule.interval() == 0 && test(iteration, x);
    }

    private boolean test(int iteration, Vector x) {
        if (start.isEmpty()) {
            start = OptionalDouble.of(objective.at(0, x));
        }
        double value = objective.at(1, x);
        keepExtreme(value, x);
        tested.add(iteration);
        values.add(value);
        for (int i = tested.size() - 2; i >= 0; i--) {
            if (tested.get(i) <= iteration - rule.window()) {
                return rule.ends(value, start.getAsDouble(), values.get(i));
            }
        }
        return !Double.isFinite(value);
    }

    private void keepExtreme(double value, Vector x) {
        if (!wanted.needsTests() || !Double.isFinite(value)) {
            return;
        }
        double sign = wanted == WarmStart.Iterate.BEST_OBJECTIVE ? 1 : -1;
        if (extremeValue.isEmpty() || sign * value < sign * extremeValue.getAsDouble()) {
            extremeValue = OptionalDouble.of(value);
            extreme.copyFrom(x);
        }
    }

    /// The iterates for backtracking.
    KeptIterates kept() {
        return kept;
    }

    /// memory ← the iterate from which the next step starts.
    ///
    /// @param last the last iterate
    /// @param selected the one that was chosen
    void remember(Vector last, Vector selected, Vector memory) {
        switch (wanted) {
            case LAST -> memory.copyFrom(last);
            case SELECTED -> memory.copyFrom(selected);
            case BEST_OBJECTIVE, HIGHEST_OBJECTIVE -> memory.copyFrom(extremeValue.isPresent() ? extreme : last);
        }
    }
}
