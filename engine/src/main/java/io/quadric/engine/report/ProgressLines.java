package io.quadric.engine.report;

import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// Progress on a console: a line for each evaluation, at most two a second but for the first and the last. Where the
/// console can rewrite its line, there is also a bar with rate and time left.
public final class ProgressLines implements TrainingListener {
    private static final long INTERVAL_NANOS = 500_000_000L;
    private static final long LIVE_NANOS = 100_000_000L;

    /// What the console can do.
    public enum Console {
        /// A terminal: a carriage return goes back to the beginning of the line.
        TERMINAL,
        /// A file or a pipe.
        PLAIN
    }

    private final PrintWriter out;
    private final Console console;
    private final String prefix;
    private final Extent extent;
    private Optional<RunBar> bar = Optional.empty();
    private long printed = System.nanoTime() - INTERVAL_NANOS;
    private long shown = System.nanoTime();
    private long printedStep = -1;

    /// For a console.
    ///
    /// @param out where the lines go
    /// @param console what it can do
    /// @param prefix of every line
    /// @param extent of the run
    public ProgressLines(PrintWriter out, Console console, String prefix, Extent extent) {
        this.out = out;
        this.console = console;
        this.prefix = prefix;
        this.extent = extent;
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        print(at, evaluation);
        if (console == Console.TERMINAL) {
            bar = Optional.of(new RunBar(out, extent, at));
        }
    }

    @Override
    public void step(StepEvent event) {
        long now = System.nanoTime();
        if (event.evaluation().isPresent() && now - printed >= INTERVAL_NANOS) {
            printed = now;
            print(event.at(), event.evaluation().get());
        }
        if (now - shown >= LIVE_NANOS) {
            shown = now;
            bar.ifPresent(line -> line.show(event.at(), "loss " + Text.number(event.report().loss())));
        }
    }

    @Override
    public void finished(TrainingResult result) {
        if (result.at().step() != printedStep) {
            print(result.at(), result.last());
        }
        bar.ifPresent(RunBar::end);
        out.flush();
    }

    private void print(Progress at, Evaluation evaluation) {
        bar.ifPresent(RunBar::clear);
        out.println(position(at) + "  " + Text.evaluation(evaluation));
        out.flush();
        printedStep = at.step();
    }

    private String position(Progress at) {
        return String.format(
                Locale.ROOT, "%sepoch %6.2f  step %6d  %8.2f s", prefix, at.epoch(), at.step(), at.seconds());
    }
}
