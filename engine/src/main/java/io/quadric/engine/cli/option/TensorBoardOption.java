package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.tensorboard.EventFile;
import io.quadric.engine.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a command that trains writes event files.
public final class TensorBoardOption {
    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Folder for event files, which 'tensorboard --logdir DIR' shows; made if it is missing. Of "
                    + "several runs each has a folder in it.")
    private Optional<Path> folder = Optional.empty();

    /// Before anything is written: that it is a folder or can be one.
    public void check() {
        if (folder.filter(path -> path.toString().isEmpty()).isPresent()) {
            throw new InputException("--tensorboard: an empty path, expected a folder to be written to");
        }
        folder.filter(path -> Files.exists(path) && !Files.isDirectory(path)).ifPresent(path -> {
            throw new InputException("--tensorboard: " + path + ": a file, expected a folder");
        });
    }

    public boolean isWanted() {
        return folder.isPresent();
    }

    public Optional<EventFile> open(Trainer trainer) {
        return folder.map(path -> EventFile.create(path, LayerNorms.of(trainer.parameters())));
    }

    /// For one of several runs, a folder of its own.
    public Optional<EventFile> open(Trainer trainer, String run) {
        return folder.map(path -> EventFile.create(path.resolve(run), LayerNorms.of(trainer.parameters())));
    }
}
