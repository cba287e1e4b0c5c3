package io.quadric.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a step did.
///
/// @param step 1, 2, …
/// @param loss the objective on the gradient batch, before the move
/// @param outcome whether the parameters were moved
/// @param figures the method's own figures by name, such as `damping` or `cgIterations`, in a fixed order
public record StepReport(long step, double loss, StepOutcome outcome, Map<String, Double> figures) {
    /// Copies the figures.
    public StepReport {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /// {@return whether the parameters were moved}
    public boolean moved() {
        return outcome instanceof StepOutcome.Moved;
    }
}
