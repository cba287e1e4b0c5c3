package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.data.TabularSource;
import io.quadric.nn.registry.Registry;
import java.util.List;

/// The registry of models: a line for each.
public final class Presets {
    /// The kinds of data that are tables share their default model.
    private static final String TABLE = "table";

    /// All of them.
    public static final Registry<Preset> ALL = new Registry<>("model", Preset.class, List.of(
            // 64-32-10, tanh, softmax cross-entropy.
            json("digits-classifier", "digits"),
            // 64-32-16-6-16-32-64, tanh, linear code layer, sigmoid cross-entropy.
            json("digits-autoencoder", "digits"),
            // 784-1000-500-250-30-250-500-1000-784, ReLU, linear code layer, sigmoid cross-entropy (Ren 2022, §2.8.2
            // and §3.7.2).
            json("mnist-autoencoder", "mnist"),
            // The same with tanh and squared errors (Zhang et al. 2017, §4.1).
            json("mnist-autoencoder-tanh", "mnist"),
            // 784-400-200-100-50-25-6 and back, ReLU, linear code layer, sigmoid cross-entropy (Ren 2022, Table 2.4).
            json("curves-autoencoder", "curves"),
            // 625-2000-1000-500-30 and back, ReLU, linear code layer, squared error (Ren 2022, Table 2.4).
            json("faces-autoencoder", "faces"),
            // 784-500-10, logistic units, softmax cross-entropy (Ren 2022, §5.6).
            json("mnist-classifier", "mnist"),
            // Odd or even by a mixture of two binary classifiers on 1000-500-250-30 ReLU units, its curvature made
            // convex by projection (Botev et al. 2017, §5.2, who leave open what they do with an indefinite one).
            json("mnist-mixture", "mnist"),
            // The digits' rows from top to bottom, 16 LSTM units with peepholes, 10 classes.
            json("digits-lstm", "digits"),
            // Images pooled to 7 × 7, pixel by pixel, three layers of 10 LSTM units with peepholes, 10 classes (Zhang
            // et al. 2017, §4.2).
            json("mnist-lstm", "mnist"),
            // He et al. (2016), Table 6, with shortcuts of option A.
            json("cifar-resnet32", "cifar-10"),
            // The same with projections (option B).
            json("cifar-resnet32-b", "cifar-10"),
            // Four times as wide, option A (Ren 2022, §3.8).
            json("cifar-resnet32-4", "cifar-10"),
            // Model D of Simonyan & Zisserman (2015) with normalisation after every convolution and one dense layer at
            // its end (Ren 2022, §3.7.1).
            json("cifar-vgg16", "cifar-10"),
            // 3072-400-400-10, logistic units, softmax cross-entropy (Ren 2022, §5.6).
            json("cifar-mlp", "cifar-10"),
            json("svhn-mlp", "svhn"),
            // A convolution, three residual blocks of 16, 32 and 64 channels with projections, no normalisation (Zhang
            // et al. 2017, §4.3, which leaves the widths of the blocks open).
            json("cifar-residual-small", "cifar-10"),
            // 100 recurrent tanh units and a dense layer, with outputs and loss as the problem wants them (Martens &
            // Sutskever 2011).
            new Preset("recurrent-100", "problem", RecurrentModels::of),
            // Sized by a table, see NetworkPlan.sized().
            new Preset("sized", TABLE, TableModels::of)));

    private Presets() {}

    private static Preset json(String name, String data) {
        return Preset.json(name, data, Presets.class);
    }

    /// {@return the model of the given name, which must be one that does not depend on the data}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public static ModelSpec named(String name) {
        return InputException.unlessRefused(() -> ALL.get(name)).fixed();
    }

    /// {@return the model for some data if nothing else is said}: the first one for data of their kind; for shards the
    /// first one with the targets that were packed
    ///
    /// @param source the data
    /// @throws InputException if there is none
    public static ModelSpec forData(DataSource source) {
        DataSource known = source;
        while (known != known.whole()) {
            known = known.whole();
        }
        DataSource whole = known;
        String kind = kind(whole);
        return ALL.all().stream()
                .filter(preset -> preset.data().equals(kind))
                .map(preset -> preset.model().apply(whole))
                .filter(model -> !(whole instanceof ShardFolder shards) || shards.isFor(model.task()))
                .findFirst()
                .orElseThrow(() -> new InputException("no model is registered for the data '" + source.name()
                        + "', expected --model"));
    }

    private static String kind(DataSource whole) {
        if (whole instanceof ShardFolder shards) {
            return shards.isTable() ? TABLE : shards.kind();
        }
        return whole.registered() instanceof TabularSource
                ? TABLE
                : DataSources.kind(whole).map(DataSourceKind::name).orElse("");
    }
}
