package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.KeptIterates;
import io.quadric.nn.Linearization;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.internal.TrialObjective;
import java.util.function.ToDoubleFunction;

/// Chooses the step among CG's iterates as [IterateSelection] says.
///
/// @param rule what to compare
/// @param start the model and θ
/// @param data the batches
record IterateChoice(IterateSelection rule, Start start, StepData data) {
    /// Replaces δ by the iterate chosen.
    ///
    /// @param kept the earlier iterates
    /// @param last the number of the last iterate
    /// @param delta on entry the last iterate; overwritten
    /// @return the number of the iterate chosen
    int choose(KeptIterates kept, int last, Vector delta) {
        var batch = data.of(rule.selectionBatch());
        if (rule.selectionMeasure() == IterateSelection.Measure.OBJECTIVE) {
            TrialObjective objective = new TrialObjective(start, batch);
            return choose(x -> objective.at(1, x), kept, last, delta);
        }
        try (var at = Linearization.at(start.model(), start.parameters(), batch, start.ws());
                var frame = start.ws().open()) {
            Vector gradient = frame.vector(delta.precision(), delta.size());
            Vector product = frame.vector(delta.precision(), delta.size());
            at.gradient(gradient);
            var curvature = at.gaussNewton();
            return choose(x -> model(x, curvature, gradient, product), kept, last, delta);
        }
    }

    private double model(Vector x, SelfAdjointOperator curvature, Vector gradient, Vector product) {
        curvature.apply(x, product, start.ws());
        return 0.5 * x.dot(product) + gradient.dot(x);
    }

    private int choose(ToDoubleFunction<Vector> measure, KeptIterates kept, int last, Vector delta) {
        double best = measure.applyAsDouble(delta);
        int chosen = -1;
        for (int i = kept.count() - 1; i >= 0; i--) {
            if (kept.iteration(i) == last) {
                continue;
            }
            double earlier = measure.applyAsDouble(kept.get(i));
            if (earlier < best || Double.isNaN(best)) {
                best = earlier;
                chosen = i;
            } else if (rule.selection() == IterateSelection.Reach.WHILE_LOWER) {
                break;
            }
        }
        if (chosen < 0) {
            return last;
        }
        delta.copyFrom(kept.get(chosen));
        return kept.iteration(chosen);
    }
}
