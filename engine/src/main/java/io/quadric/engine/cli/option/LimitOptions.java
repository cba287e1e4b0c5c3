package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.Workspace;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say how long, how often and with how many threads.
public final class LimitOptions {
    private static final int EPOCHS = 20;

    /// More are a mistake.
    public static final int MOST_THREADS = 1024;
    public static final int MOST_REPEATS = 1000;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Most passes over the data, counted from the beginning of the run (default, unless there is "
                    + "another limit: 20, after --resume 20 more; 100 for tables, of ten steps at least; what an "
                    + "experiment says).")
    @Range(from = 0)
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Most steps.")
    @Range(from = 0)
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Most seconds of training; evaluation is not counted.")
    @Range(from = 0)
    private Optional<Double> seconds = Optional.empty();

    @Option(
            names = "--eval-every",
            paramLabel = "N",
            description = "Steps between evaluations on all training and test cases (default: an epoch).")
    @Range(from = 1)
    private Optional<Integer> evalEvery = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the figures do not depend on it (default: one for each processor).")
    @Range(from = 1, to = MOST_THREADS)
    private int threads = Runtime.getRuntime().availableProcessors();

    /// The limits; without any, 20 epochs beyond those already passed.
    public Schedule schedule(double epochsSoFar) {
        return schedule(Schedule.epochs((long) epochsSoFar + EPOCHS));
    }

    /// Whether there is one.
    public boolean isLimited() {
        return epochs.isPresent() || steps.isPresent() || seconds.isPresent();
    }

    /// The limits, or others where there is none.
    public Schedule schedule(Schedule others) {
        Schedule schedule = isLimited() ? Schedule.unlimited().withGoal(others.goal()) : others;
        return new Schedule(
                epochs.map(Integer::longValue).orElse(schedule.epochs()),
                steps.map(Integer::longValue).orElse(schedule.steps()),
                seconds.orElse(schedule.seconds()),
                evalEvery.map(Integer::longValue).orElse(schedule.evaluateEvery()),
                schedule.goal());
    }

    /// The limit of steps, or another; for a command that knows no other limit.
    public long stepsOr(long others) {
        if (epochs.isPresent() || seconds.isPresent() || evalEvery.isPresent()) {
            throw new InputException("--epochs, --seconds or --eval-every given, expected --steps only");
        }
        return Math.max(1, steps.map(Integer::longValue).orElse(others));
    }

    /// The limit of steps, if there is one.
    public Optional<Long> steps() {
        return steps.map(Integer::longValue);
    }

    public Workspace workspace() {
        return Workspace.withThreads(threads);
    }
}
