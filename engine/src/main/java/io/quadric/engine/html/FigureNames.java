package io.quadric.engine.html;

import io.quadric.engine.html.Chart.Scale;
import java.util.Locale;
import java.util.Map;

/// What the figures of a log are called in a report, and what they are.
final class FigureNames {
    private static final Map<String, Figure> KNOWN = Map.ofEntries(
            Map.entry("trainLoss", new Figure("Training loss", Scale.LOGARITHMIC,
                    "Mean loss of all training cases, without the penalty.")),
            Map.entry("testLoss", new Figure("Test loss", Scale.LOGARITHMIC,
                    "Mean loss of the cases that are not trained on.")),
            Map.entry("testError", new Figure("Test error", Scale.LINEAR,
                    "Share of the cases that are not trained on which the model gets wrong.")),
            Map.entry("testSquaredError", new Figure("Test squared error", Scale.LOGARITHMIC,
                    "Mean squared error of the numbers of the cases that are not trained on.")),
            Map.entry("parametersTrainLoss", new Figure("Training loss of the parameters themselves", Scale.LOGARITHMIC,
                    "The other losses are those of their average.")),
            Map.entry("penalty", new Figure("Penalty", Scale.LOGARITHMIC,
                    "The L2 penalty on the parameters, which is minimised together with the loss.")),
            Map.entry("loss", new Figure("Objective on the batch", Scale.LOGARITHMIC,
                    "Loss and penalty on the cases of each step, before it: noisier than the training loss.")),
            Map.entry("damping", new Figure("Damping", Scale.LOGARITHMIC,
                    "How little the method trusts its model of the curvature: large values mean short steps.")),
            Map.entry("structuralDamping", new Figure("Structural damping", Scale.LOGARITHMIC,
                    "Weight of the penalty on changes of a recurrent network's states.")),
            Map.entry("radius", new Figure("Radius of the trust region", Scale.LOGARITHMIC,
                    "The longest step that is tried.")),
            Map.entry("reductionRatio", new Figure("Reduction ratio", Scale.LINEAR,
                    "Actual over predicted decrease of a step: 1 where the model of the curvature is right, negative "
                            + "where the loss rose.")),
            Map.entry("cgIterations", new Figure("CG iterations", Scale.LINEAR,
                    "Iterations of conjugate gradients spent on each step.")),
            Map.entry("iterate", new Figure("Chosen iterate", Scale.LINEAR,
                    "Which iterate of conjugate gradients was taken; after backtracking earlier than the last.")),
            Map.entry("stepSize", new Figure("Step size", Scale.LINEAR,
                    "Factor of the proposed step; 0 where no step was taken.")),
            Map.entry("learningRate", new Figure("Learning rate", Scale.LOGARITHMIC,
                    "Factor of the direction of each step.")));

    private FigureNames() {}

    /// A figure of a log.
    ///
    /// @param title what it is called
    /// @param scale it is best seen in
    /// @param note what it is
    record Figure(String title, Scale scale, String note) {}

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name);
    }

    static Figure of(String name) {
        Figure known = KNOWN.get(name);
        return known != null ? known : new Figure(words(name), Scale.LINEAR, "'" + name + "' in the log.");
    }

    private static String words(String name) {
        String spaced = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
