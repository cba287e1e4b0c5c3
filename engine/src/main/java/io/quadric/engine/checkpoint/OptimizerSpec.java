package io.quadric.engine.checkpoint;

import io.quadric.engine.InputException;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A recipe with hyper-parameters other than its defaults.
///
/// @param recipe its name
/// @param values printed values by name; what is missing is the default
public record OptimizerSpec(String recipe, Map<String, String> values) {
    /// Checks name and values.
    ///
    /// @throws InputException if one is unknown or out of range; the message names what is expected
    public OptimizerSpec {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        build(recipe, values);
    }

    private static Optimizer build(String recipe, Map<String, String> values) {
        return InputException.unlessRefused(() -> Optimizers.named(recipe).with(values));
    }

    /// {@return the optimizer}
    public Optimizer optimizer() {
        return build(recipe, values);
    }
}
