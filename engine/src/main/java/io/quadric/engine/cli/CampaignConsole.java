package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.cli.option.TensorBoardOption;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.Campaign.Observer;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.file.Reason;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.report.Extent;
import io.quadric.engine.report.ProgressLines;
import io.quadric.engine.tensorboard.EventFile;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a command that makes several runs prints.
final class CampaignConsole implements Observer {
    private final Output output;
    private final TensorBoardOption tensorBoard;
    private final Consumer<List<Done>> report;
    private Optional<EventFile> events = Optional.empty();

    /// @param tensorBoard a folder for each run, if it is wanted
    /// @param report writes the files, after each run
    CampaignConsole(Output output, TensorBoardOption tensorBoard, Consumer<List<Done>> report) {
        this.output = output;
        this.tensorBoard = tensorBoard;
        this.report = report;
    }

    @Override
    public void begins(Job job) {
        output.out().println(job.label() + ": " + Summary.method(job.run()));
    }

    @Override
    public List<TrainingListener> listeners(Job job, Trainer trainer) {
        events = tensorBoard.open(trainer, RunFolder.fileName(job.label()));
        List<TrainingListener> all = new ArrayList<>(List.of(new ProgressLines(
                output.out(), output.console(), job.label() + " ",
                Extent.of(job.schedule(), job.run().plan()))));
        events.ifPresent(all::add);
        return all;
    }

    @Override
    public void isComplete(Job job) {
        output.out().println(job.label() + ": complete");
    }

    @Override
    public void ended(List<Done> all) {
        events.ifPresent(EventFile::close);
        report.accept(all);
    }

    /// Prints the closing table and complaints about failed runs.
    ///
    /// @return the exit code
    int close(List<Done> runs) {
        output.out().println();
        output.out().println(Summary.table(
                runs.stream().map(done -> new Summary.Row(done.job().label(), done.ended().result())).toList()));
        int code = 0;
        for (Done done : runs) {
            if (done.ended().result().outcome() instanceof TrainingOutcome.Failed failed) {
                output.out().flush();
                output.err().println("quadric: " + done.job().label() + " failed: " + failed.reason());
                code = 1;
            }
        }
        return code;
    }

    /// Takes a folder for this process.
    static WriteLock lock(Path out) {
        try {
            return WriteLock.folder(out);
        } catch (InputException e) {
            throw e.at("--out");
        }
    }

    /// {@return the folder for the runs, which is made}
    static Path runs(Path out) {
        try {
            return Files.createDirectories(out.resolve("runs"));
        } catch (IOException e) {
            throw new InputException("--out: " + out + ": cannot be written to (" + Reason.of(e)
                    + "), expected a writable folder");
        }
    }
}
