package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.model.TrainedModel;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that names a trained model.
public final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            required = true,
            description = "A trained model, as 'quadric train --out' writes it.")
    private Path file = Path.of("");

    public TrainedModel load() {
        try {
            return TrainedModel.load(file);
        } catch (InputException e) {
            throw e.at("--model");
        }
    }

    public Path file() {
        return file;
    }
}
