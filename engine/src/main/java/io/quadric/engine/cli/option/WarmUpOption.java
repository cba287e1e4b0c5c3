package io.quadric.engine.cli.option;

import io.quadric.engine.experiment.JitWarmUp;
import picocli.CommandLine.Option;

/// The option that keeps the virtual machine's warm-up out of comparisons.
public final class WarmUpOption {
    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds in which each method takes steps on a throw-away copy before its clock starts; 0 "
                    + "for none (default: 3).")
    @Range(from = 0, to = 3600)
    private double seconds = 3;

    public JitWarmUp value() {
        return new JitWarmUp(seconds);
    }
}
