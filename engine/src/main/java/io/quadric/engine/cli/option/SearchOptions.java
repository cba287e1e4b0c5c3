package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.experiment.HalvingPlan;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingPlan;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// The options that say how much is searched.
public final class SearchOptions {
    public static final String FRACTION = "--search-fraction";
    public static final String CANDIDATES = "--candidates";
    private static final double USUAL = 0.2;
    private static final int MOST_CANDIDATES = 1000;

    @Option(
            names = FRACTION,
            paramLabel = "F",
            description = "Updates of the search, of all candidates together, as a fraction of those of the run by "
                    + "--epochs and --steps; of 20 epochs where the only limit is --seconds (default: 0.2).")
    @Range(from = 0, to = 1)
    private Optional<Double> fraction = Optional.empty();

    @Option(
            names = CANDIDATES,
            paramLabel = "N",
            description = "Candidates of the search, the defaults among them (default: 16, or fewer if there are few "
                    + "updates).")
    @Range(from = 2, to = MOST_CANDIDATES)
    private Optional<Integer> candidates = Optional.empty();

    /// Checks what can be checked before the data are read.
    ///
    /// @param searches whether there is a search
    public void check(boolean searches) {
        if (!searches && (fraction.isPresent() || candidates.isPresent())) {
            throw new InputException((fraction.isPresent() ? FRACTION : CANDIDATES)
                    + " is given without --auto, expected both");
        }
        fraction.filter(share -> share == 0).ifPresent(share -> {
            throw new InputException(FRACTION + " is " + share + ", expected a number above 0, at most 1");
        });
    }

    /// How the updates are spent.
    ///
    /// @param schedule of the run
    /// @param batches of the run
    public HalvingPlan plan(Schedule schedule, TrainingPlan batches) {
        long all = HalvingPlan.updates(schedule, batches);
        double share = fraction.orElse(USUAL);
        try {
            return HalvingPlan.of(
                    (long) (share * all), candidates.map(OptionalInt::of).orElse(OptionalInt.empty()));
        } catch (InputException e) {
            throw new InputException(
                    String.format(Locale.ROOT, "%s is %s of the %d updates by --epochs and --steps%s: ",
                            FRACTION, share, all, candidates.map(n -> ", " + CANDIDATES + " is " + n).orElse(""))
                            + e.getMessage());
        }
    }
}
