package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Digits;
import io.quadric.nn.registry.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// A model by name.
///
/// @param name the name
/// @param data the name of the kind of data that it is made for; the first preset for a kind is its default model
/// @param model the model for such data
public record Preset(String name, String data, Function<DataSource, ModelSpec> model) implements Named {
    /// {@return a model that a JSON document describes}
    ///
    /// @param name the name
    /// @param data the name of the kind of data that it is made for
    /// @param beside the class beside which the document `NAME.json` is found
    public static Preset json(String name, String data, Class<?> beside) {
        return new Preset(name, data, source -> {
            try (InputStream resource = beside.getResourceAsStream(name + ".json")) {
                if (resource == null) {
                    throw new InputException("model " + name + ": no resource " + name + ".json beside " + beside
                            + ", expected a model in JSON");
                }
                return ModelJson.parse(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// {@return the model, which must be one that does not depend on the data}
    public ModelSpec fixed() {
        return model.apply(new Digits());
    }
}
