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
/// - `mnist-autoencoder-tanh`: the same with tanh and squared errors (Zhang et al. 2017, §4.1);
/// - `curves-autoencoder`: 784-400-200-100-50-25-6 and back, ReLU, linear code layer, sigmoid cross-entropy (Ren 2022,
///   Table 2.4);
/// - `faces-autoencoder`: 625-2000-1000-500-30 and back, ReLU, linear code layer, squared error (Ren 2022, Table 2.4);
/// - `mnist-classifier`: 784-500-10, logistic units, softmax cross-entropy (Ren 2022, §5.6);
/// - `mnist-mixture`: odd or even by a mixture of two binary classifiers on 1000-500-250-30 ReLU units, its curvature
///   made convex by projection (Botev et al. 2017, §5.2, who leave open what they do with an indefinite one);
/// - `digits-lstm`: the digits' rows from top to bottom, 16 LSTM units with peepholes, 10 classes;
/// - `mnist-lstm`: images pooled to 7 × 7, pixel by pixel, three layers of 10 LSTM units with peepholes, 10 classes
///   (Zhang et al. 2017, §4.2);
/// - `cifar-vgg16`: model D of Simonyan & Zisserman (2015) with normalisation behind every convolution and one dense
///   layer at its end (Ren 2022, §3.7.1);
/// - `cifar-resnet32`: He et al. (2016), Table 6, with shortcuts of option A; `cifar-resnet32-b` with projections;
///   `cifar-resnet32-4`: four times as wide, option A (Ren 2022, §3.8);
/// - `cifar-residual-small`: a convolution, three residual blocks of 16, 32 and 64 channels with projections, no
///   normalisation (Zhang et al. 2017, §4.3, which leaves the widths of the blocks open).
public final class Presets {
    private static final List<String> NAMES = List.of(
            "digits-classifier",
            "digits-autoencoder",
            "mnist-autoencoder",
            "mnist-autoencoder-tanh",
            "curves-autoencoder",
            "faces-autoencoder",
            "mnist-classifier",
            "mnist-mixture",
            "digits-lstm",
            "mnist-lstm",
            "cifar-vgg16",
            "cifar-resnet32",
            "cifar-resnet32-b",
            "cifar-resnet32-4",
            "cifar-residual-small");

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
