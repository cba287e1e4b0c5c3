package io.quadric.engine.json;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Models by name; each is a JSON document beside this class.
///
/// - `digits-classifier`: 64-32-10, tanh, softmax cross-entropy;
/// - `digits-autoencoder`: 64-32-16-6-16-32-64, tanh, linear code layer, sigmoid cross-entropy;
/// - `mnist-autoencoder`: 784-1000-500-250-30-250-500-1000-784, ReLU, linear code layer, sigmoid cross-entropy (Ren
///   2022, §2.8.2 and §3.7.2);
/// - `digits-lstm`: the digits' rows from top to bottom, 16 LSTM units with peepholes, 10 classes;
/// - `mnist-lstm`: images pooled to 7 × 7, pixel by pixel, three layers of 10 LSTM units with peepholes, 10 classes
///   (Zhang et al. 2017, §4.2).
public final class Presets {
    private static final List<String> NAMES = List.of("digits-classifier", "digits-autoencoder", "mnist-autoencoder",
            "digits-lstm", "mnist-lstm");

    private Presets() {}

    /// {@return all names}
    public static List<String> names() {
        return NAMES;
    }

    /// {@return the model of the given name}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public static ModelSpec named(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException("unknown model '" + name + "', expected one of " + String.join(", ", NAMES));
        }
        try (InputStream resource = Presets.class.getResourceAsStream(name + ".json")) {
            return ModelJson.parse(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
