package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.EndRule;
import io.quadric.engine.experiment.EndRule.Rise;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/// The options that end runs by what they have come to.
public final class EndOptions {
    private static final String RISE = "--until-error-rises";

    @Option(
            names = "--target-loss",
            paramLabel = "LOSS",
            description = "Ends a run at the first evaluation whose training loss is no higher.")
    @Range(from = 0)
    private Optional<Double> targetLoss = Optional.empty();

    @Option(
            names = RISE,
            description = "Ends a run at the first evaluation whose test error is higher than at the one before; the "
                    + "squared test error of an autoencoder, or where there is neither the test loss.")
    private boolean untilErrorRises;

    public EndRule rule() {
        return new EndRule(
                targetLoss.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                untilErrorRises ? Rise.ENDS : Rise.GOES_ON);
    }

    /// Checks that there are cases to test with, if they are to decide.
    public void requireTest(String label, Dataset dataset) {
        if (untilErrorRises && dataset.test().isEmpty()) {
            throw new InputException(RISE + ": " + label + " has no test cases, expected data with some");
        }
    }

    /// Checks that none is given to a command without runs.
    public void requireNone(String name) {
        if (targetLoss.isPresent() || untilErrorRises) {
            throw new InputException((untilErrorRises ? RISE : "--target-loss") + ": " + name
                    + " compares directions and makes no runs, expected an experiment that trains");
        }
    }
}
