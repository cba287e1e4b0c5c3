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

    /// {@return the same with other hyper-parameters, or another recipe with some}
    ///
    /// @param other the name of the recipe
    /// @param changes printed values by name, which are added to those of the same recipe
    /// @throws InputException if one is unknown or out of range
    public OptimizerSpec changed(String other, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(other.equals(recipe) ? values : Map.of());
        all.putAll(changes);
        return new OptimizerSpec(other, all);
    }

    private static Optimizer build(String recipe, Map<String, String> values) {
        return InputException.unlessRefused(() -> Optimizers.named(recipe).with(values));
    }

    /// {@return the optimizer}
    public Optimizer optimizer() {
        return build(recipe, values);
    }
}
