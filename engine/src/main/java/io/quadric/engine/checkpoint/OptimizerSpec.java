package io.quadric.engine.checkpoint;

import io.quadric.engine.InputException;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.Averaged;
import io.quadric.optim.step.PenaltyCutoff;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A recipe with hyper-parameters other than its defaults.
///
/// @param recipe its name
/// @param values printed values by name; what is missing is the default
public record OptimizerSpec(String recipe, Map<String, String> values) {
    /// Any method averages its parameters when one of these is given.
    private static final Set<String> AVERAGING = Set.of("averageDecay", "averageStart");

    /// Any method trains without the penalty after some step when this is given.
    private static final String ENDING_PENALTY = "penaltySteps";

    /// Checks name and values.
    ///
    /// @throws InputException if one is unknown or out of range; the message names what is expected
    public OptimizerSpec {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        build(recipe, values);
    }

    private static Optimizer build(String recipe, Map<String, String> values) {
        try {
            Optimizer optimizer = Optimizers.named(recipe).optimizer();
            if (values.containsKey(ENDING_PENALTY)) {
                optimizer = new PenaltyCutoff(optimizer, 0);
            }
            boolean averages = values.keySet().stream().anyMatch(AVERAGING::contains);
            boolean averaged = Optimizers.named(recipe).optimizer() instanceof Averaged;
            return HyperParameters.with(averages && !averaged ? new Averaged(optimizer) : optimizer, values);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    /// {@return the optimizer}
    public Optimizer optimizer() {
        return build(recipe, values);
    }
}
