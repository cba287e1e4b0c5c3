package io.quadric.engine.learn;

import io.quadric.engine.train.Schedule;

/// When a fit ends; in any case the parameters with the lowest validation loss are kept. They are evaluated after each
/// epoch; where an epoch is less than ten steps, ten steps count as one here.
///
/// @param epochs the most passes over the data
/// @param seconds the most seconds of training
/// @param patience epochs without a lower validation loss after which it ends, 0 for never
public record StopRule(int epochs, double seconds, int patience) {
    private static final int LEAST_STEPS = 10;

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is negative or NaN
    public StopRule {
        if (epochs < 0 || !(seconds >= 0) || patience < 0) {
            throw new IllegalArgumentException(epochs + " epochs, " + seconds + " seconds and a patience of " + patience
                    + ", expected at least 0 of each");
        }
    }

    /// {@return 100 epochs, or ten without a lower validation loss}
    public static StopRule defaults() {
        return new StopRule(100, Double.POSITIVE_INFINITY, 10);
    }

    /// {@return the same with another limit of epochs}
    ///
    /// @param most the most passes over the data
    public StopRule withEpochs(int most) {
        return new StopRule(most, seconds, patience);
    }

    /// {@return the same with a limit of seconds}
    ///
    /// @param most the most seconds of training
    public StopRule withSeconds(double most) {
        return new StopRule(epochs, most, patience);
    }

    /// {@return the same with another patience}
    ///
    /// @param epochsWithout a lower validation loss after which it ends, 0 for never
    public StopRule withPatience(int epochsWithout) {
        return new StopRule(epochs, seconds, epochsWithout);
    }

    /// {@return the limits as a schedule}
    ///
    /// @param stepsPerEpoch steps that pass over the data once
    public Schedule schedule(int stepsPerEpoch) {
        long interval = Math.max(stepsPerEpoch, LEAST_STEPS);
        return Schedule.steps(epochs * interval).withSeconds(seconds).withEvaluateEvery(interval);
    }
}
