package io.quadric.engine.model;

import io.quadric.engine.LibraryVersion;
import io.quadric.engine.data.Task;
import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Trained models with parameters from elsewhere.
public final class ModelImport {
    private ModelImport() {}

    private static Provenance provenance(Path file) {
        return new Provenance(
                "imported",
                Map.of(),
                0,
                file.toString(),
                "",
                Map.of(),
                LibraryVersion.get(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /// {@return a model whose columns are called x1, x2, …}
    ///
    /// @param model network and loss
    /// @param task where its targets come from
    /// @param file the parameters by name, and the statistics of normalising layers
    /// @param precision of the parameters
    /// @throws io.quadric.engine.InputException if the file cannot be read or does not fit the network
    public static TrainedModel of(Model model, Task task, Path file, Precision precision) {
        return new TrainedModel(
                model,
                PlainPreparation.of(model, task),
                ParameterFiles.parameters(file, model.network(), precision),
                ParameterFiles.statistics(file, model.network()),
                provenance(file));
    }

    /// {@return a model that differs from another one in its parameters}
    ///
    /// @param like the other one
    /// @param file the parameters by name, and the statistics of normalising layers
    /// @throws io.quadric.engine.InputException if the file cannot be read or does not fit the network
    public static TrainedModel like(TrainedModel like, Path file) {
        return new TrainedModel(
                like.model(),
                like.preparation(),
                ParameterFiles.parameters(
                        file, like.model().network(), like.parameters().values().precision()),
                ParameterFiles.statistics(file, like.model().network()),
                provenance(file));
    }
}
