package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.solver.KeptIterates;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.TrialObjective;
import java.util.function.ToDoubleFunction;

/// Which iterate of conjugate gradients becomes the step: the last, or one of the iterates ⌈νⁱ⌉ kept for backtracking
/// (Martens & Sutskever 2012, §8.7, and §13, second method).
///
/// @param active whether to go back
/// @param spacing ν
/// @param reach how far back to look
/// @param measure what is compared
/// @param batch the batch on which it is computed
public record BacktrackingRule(
        @Tunable(key = "backtracking", value = "whether to go back to earlier CG iterates") boolean active,
        @Tunable(key = "iterateSpacing", value = "ratio ν of the numbers of neighbouring CG iterates that are kept")
        double spacing,
        @Tunable(key = "selection", value = "how far back to look for an iterate") Reach reach,
        @Tunable(key = "selectionMeasure", value = "what is lowest at the chosen iterate") Measure measure,
        @Tunable(key = "selectionBatch", value = "batch on which iterates are compared") BatchRole batch) {
    /// ν as in Martens (2010); §8.7 leaves it open.
    private static final double USUAL_SPACING = 1.3;

    /// So near to 1, the first thousand iterates are all kept.
    private static final double LEAST_SPACING = 1.0001;

    /// Checks the spacing.
    ///
    /// @throws IllegalArgumentException if it is below 1.0001
    public BacktrackingRule {
        if (!(spacing >= LEAST_SPACING)) {
            throw new IllegalArgumentException(
                    "iterateSpacing is " + spacing + ", expected a number of at least " + LEAST_SPACING);
        }
    }

    /// With ν = 1.3.
    ///
    /// @param active whether to go back
    /// @param reach how far back to look
    /// @param measure what is compared
    /// @param batch the batch on which it is computed
    public BacktrackingRule(boolean active, Reach reach, Measure measure, BatchRole batch) {
        this(active, USUAL_SPACING, reach, measure, batch);
    }

    /// How far back to look.
    public enum Reach {
        /// As long as the earlier iterate is lower (Martens 2010).
        WHILE_LOWER,
        /// Back to the first kept iterate; the lowest of all is taken.
        ALL
    }

    /// What is compared.
    public enum Measure {
        /// f(θ + δ)
        OBJECTIVE,
        /// M(δ) = ½δᵀBδ + ∇fᵀδ, with the gradient and the undamped Gauss-Newton matrix of the batch
        MODEL
    }

    /// {@return a rule that goes back while the objective on the gradient batch is lower}
    public static BacktrackingRule whileLower() {
        return new BacktrackingRule(true, Reach.WHILE_LOWER, Measure.OBJECTIVE, BatchRole.GRADIENT);
    }

    /// {@return the rule that takes the last iterate}
    public static BacktrackingRule none() {
        return new BacktrackingRule(false, Reach.WHILE_LOWER, Measure.OBJECTIVE, BatchRole.GRADIENT);
    }

    /// Replaces δ by the iterate chosen.
    ///
    /// @param kept the earlier iterates
    /// @param last the number of the last iterate
    /// @param delta on entry the last iterate; overwritten
    /// @return the number of the iterate chosen
    int choose(KeptIterates kept, int last, Vector delta, Start start, StepData data) {
        if (!active) {
            return last;
        }
        if (measure == Measure.OBJECTIVE) {
            TrialObjective objective = new TrialObjective(start, data.of(batch));
            return choose(x -> objective.at(1, x), kept, last, delta);
        }
        try (var at = data.of(batch).at(start.model(), start.parameters(), start.ws());
                var frame = start.ws().open()) {
            Vector gradient = frame.vector(delta.precision(), delta.size());
            Vector product = frame.vector(delta.precision(), delta.size());
            at.gradient(gradient);
            var curvature = at.gaussNewton();
            return choose(x -> {
                curvature.apply(x, product, start.ws());
                return 0.5 * x.dot(product) + gradient.dot(x);
            }, kept, last, delta);
        }
    }

    private int choose(ToDoubleFunction<Vector> low, KeptIterates kept, int last, Vector delta) {
        double best = low.applyAsDouble(delta);
        int chosen = -1;
        for (int i = kept.count() - 1; i >= 0; i--) {
            if (kept.iteration(i) == last) {
                continue;
            }
            double earlier = low.applyAsDouble(kept.get(i));
            if (earlier < best || Double.isNaN(best)) {
                best = earlier;
                chosen = i;
            } else if (reach == Reach.WHILE_LOWER) {
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
