package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Pooling;
import io.quadric.engine.data.Task;
import io.quadric.engine.train.Problem;
import io.quadric.linalg.Precision;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A model with the task it is made for.
///
/// @param name a preset or a file, for messages
/// @param model network, loss and penalty
/// @param task where its targets come from
/// @param pool side of the squares of pixels that are averaged before images enter; 1 leaves them as they are
/// @param initialization of the first parameters of some layers or arrays, by name, whatever that of the others is
public record ModelSpec(String name, Model model, Task task, int pool, Map<String, Initialization> initialization) {
    /// Copies the map.
    ///
    /// @throws InputException if the network has no array of such a name
    public ModelSpec {
        initialization = Collections.unmodifiableMap(new LinkedHashMap<>(initialization));
        Initializer all = Initialization.GLOROT.initializer(initialization);
        InputException.unlessRefused(() -> all.requireFor(model.network().layout()));
    }

    /// Without an initialization of its own.
    ///
    /// @param name a preset or a file, for messages
    /// @param model network, loss and penalty
    /// @param task where its targets come from
    /// @param pool side of the squares of pixels that are averaged before images enter
    public ModelSpec(String name, Model model, Task task, int pool) {
        this(name, model, task, pool, Map.of());
    }

    /// {@return data for this model}
    ///
    /// @param data its name, as in [DataSource#named(String)]
    /// @param precision of the matrices
    /// @throws InputException if it cannot be read, or does not fit the model
    public Dataset load(String data, Precision precision) {
        return load(DataSource.named(data), precision);
    }

    /// {@return data for this model}
    ///
    /// @param data where they come from
    /// @param precision of the matrices
    /// @throws InputException if it cannot be read, or does not fit the model
    public Dataset load(DataSource data, Precision precision) {
        Dataset loaded = data.load(task, precision);
        try {
            Dataset dataset = Pooling.average(loaded, pool);
            new Problem(model, dataset);
            return dataset;
        } catch (InputException e) {
            throw e.at("model " + name);
        }
    }

    /// {@return the same with another penalty}
    ///
    /// @param l2 η
    public ModelSpec withL2(double l2) {
        return new ModelSpec(name, new Model(model.network(), model.loss(), l2), task, pool, initialization);
    }
}
