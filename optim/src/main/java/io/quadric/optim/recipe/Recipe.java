package io.quadric.optim.recipe;

import io.quadric.nn.registry.Named;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import java.util.List;
import java.util.Map;

/// A named optimizer with its published defaults.
///
/// @param name the name by which it is asked for
/// @param summary what it is, in a sentence
/// @param source where the defaults come from
/// @param optimizer the composition with the defaults
/// @param batches what the method is made for
public record Recipe(String name, String summary, String source, Optimizer optimizer, RecipeBatches batches)
        implements Named {
    /// For one batch of any size.
    ///
    /// @param name the name by which it is asked for
    /// @param summary what it is, in a sentence
    /// @param source where the defaults come from
    /// @param optimizer the composition with the defaults
    public Recipe(String name, String summary, String source, Optimizer optimizer) {
        this(name, summary, source, optimizer, RecipeBatches.ALIKE);
    }

    /// {@return the same for other batches}
    ///
    /// @param other what the method is made for
    public Recipe with(RecipeBatches other) {
        return new Recipe(name, summary, source, optimizer, other);
    }

    /// {@return the optimizer with other hyper-parameters}: its own, and those of the [decorations][Decoration], each
    /// of which is put around the method if one of its hyper-parameters is set.
    ///
    /// @param values printed values by name
    /// @throws IllegalArgumentException if a name is unknown or a value is not what is expected; the message names them
    public Optimizer with(Map<String, String> values) {
        Recipes.RENAMED_HYPER_PARAMETERS.forEach((old, now) -> {
            if (values.containsKey(old)) {
                throw new IllegalArgumentException(
                        "unknown hyper-parameter '" + old + "', which is now called '" + now + "'");
            }
        });
        Optimizer method = optimizer;
        for (Decoration decoration : Optimizers.decorations()) {
            List<HyperParameter> added = decoration.added(method);
            if (added.stream().anyMatch(parameter -> values.containsKey(parameter.name()))) {
                method = decoration.around().apply(method);
            }
        }
        return HyperParameters.with(method, values);
    }
}
