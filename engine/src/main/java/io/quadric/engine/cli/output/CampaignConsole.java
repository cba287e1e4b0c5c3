package io.quadric.engine.cli.output;

import io.quadric.engine.InputException;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.Campaign.Observer;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.file.FolderLock;
import io.quadric.engine.file.Reason;
import io.quadric.engine.report.Extent;
import io.quadric.engine.report.ProgressLines;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What a command that makes several runs prints.
public final class CampaignConsole implements Observer {
    private final Output output;
    private final Consumer<List<Done>> report;

    /// @param report writes the files, after each run
    public CampaignConsole(Output output, Consumer<List<Done>> report) {
        this.output = output;
        this.report = report;
    }

    @Override
    public List<TrainingListener> begins(Job job) {
        output.out().println(job.label() + ": " + Summary.method(job.run()));
        return List.of(new ProgressLines(output.out(), output.console(), job.label() + " ",
                Extent.of(job.schedule(), job.run().plan())));
    }

    @Override
    public void isComplete(Job job) {
        output.out().println(job.label() + ": complete");
    }

    @Override
    public void ended(List<Done> all) {
        report.accept(all);
    }

    /// Prints the closing table and complaints about failed runs.
    ///
    /// @return the exit code
    public int close(List<Done> runs) {
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
    public static FolderLock lock(Path out) {
        try {
            return FolderLock.take(out);
        } catch (InputException e) {
            throw e.at("--out");
        }
    }

    /// {@return the folder for the runs, which is made}
    public static Path runs(Path out) {
        try {
            return Files.createDirectories(out.resolve("runs"));
        } catch (IOException e) {
            throw new InputException("--out: " + out + ": cannot be written to (" + Reason.of(e)
                    + "), expected a writable folder");
        }
    }
}
