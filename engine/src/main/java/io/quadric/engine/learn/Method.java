package io.quadric.engine.learn;

import io.quadric.engine.InputException;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// How a network is trained: a recipe by name, hyper-parameters other than its defaults, and the size of batches; how
/// large a curvature batch is, and whether there is one, is the recipe's business.
///
/// @param recipe the name of a registered recipe
/// @param values printed values of hyper-parameters by name; what is missing is the default
/// @param batch the most cases of a batch; 0 for what the recipe is made for, or else by the number of cases
public record Method(String recipe, Map<String, String> values, int batch) {
    /// The recipe that is taken unless another one is named.
    public static final String DEFAULT = "quadric";

    /// Checks recipe and values.
    ///
    /// @throws InputException if one is unknown or out of range
    public Method {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (batch < 0) {
            throw new InputException("batches of " + batch + " cases, expected at least 1, or 0 for the default");
        }
        build(recipe, values);
    }

    private static Optimizer build(String recipe, Map<String, String> values) {
        return InputException.unlessRefused(() -> Optimizers.named(recipe).with(values));
    }

    /// {@return the default recipe with its defaults}
    public static Method defaults() {
        return of(DEFAULT);
    }

    /// {@return a recipe with its defaults}
    ///
    /// @param recipe its name
    /// @throws InputException if there is none of that name
    public static Method of(String recipe) {
        return new Method(recipe, Map.of(), 0);
    }

    /// {@return the same with another value of a hyper-parameter}
    ///
    /// @param name of the hyper-parameter
    /// @param value as text
    /// @throws InputException if there is none of that name, or the value is out of range
    public Method with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Method(recipe, more, batch);
    }

    /// {@return the same with batches of another size}
    ///
    /// @param most the most cases of a batch, 0 for the default
    /// @throws InputException if it is negative
    public Method withBatch(int most) {
        return new Method(recipe, values, most);
    }

    Optimizer optimizer() {
        return build(recipe, values);
    }

    /// The batches of a fit.
    TrainingPlan plan(int cases, long seed) {
        OptionalInt most = batch > 0 ? OptionalInt.of(batch) : OptionalInt.empty();
        return new BatchRequest(most).plan(recipe, optimizer(), cases, seed);
    }
}
