package io.quadric.engine.cli.option;

import io.quadric.engine.experiment.JitWarmUp;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that keeps the virtual machine's warm-up out of comparisons.
public final class WarmUpOption {
    private static final double SECONDS = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds in which each method takes steps on a throw-away copy before its clock starts; 0 "
                    + "for none (default: 3).")
    @Range(from = 0, to = 3600)
    private Optional<Double> seconds = Optional.empty();

    /// Whether it is given.
    public boolean isGiven() {
        return seconds.isPresent();
    }

    public JitWarmUp value() {
        return new JitWarmUp(seconds.orElse(SECONDS));
    }
}
