package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;

/// Whether a plan has batches of one case for a network that cannot be trained on them.
final class SingleCases {
    private SingleCases() {}

    /// Tries one case before the first step, where the plan has a batch of one: the layers say what they cannot do.
    ///
    /// @throws InputException if they refuse it; the message says which batch has one case, and why
    static void requireAllowed(TrainingSetup setup, Workspace ws) {
        TrainingPlan plan = setup.plan();
        BatchSizes sizes = plan.sizes(0);
        boolean divided = plan.cases() / plan.stepsPerEpoch() == 1;
        if (!divided && sizes.curvature() != 1 && sizes.evaluation() != 1) {
            return;
        }
        Model model = setup.problem().model();
        Precision precision = setup.problem().data().precision();
        Matrix x = Matrix.zeros(precision, 1, model.network().input().size());
        Matrix t = Matrix.zeros(precision, 1, model.targets().size());
        try {
            Linearization.at(model, Parameters.zeros(model.network().layout(), precision), new Batch(x, t), ws).close();
        } catch (IllegalArgumentException e) {
            throw new InputException((divided ? gradient(plan) : other(sizes)) + ": " + e.getMessage());
        }
    }

    private static String gradient(TrainingPlan plan) {
        return "batches of at most " + plan.batchSize() + " of " + plan.cases() + " training cases, the smallest of 1";
    }

    private static String other(BatchSizes sizes) {
        return sizes.curvature() == 1 ? "curvature batches of 1 case" : "evaluation batches of 1 case";
    }
}
