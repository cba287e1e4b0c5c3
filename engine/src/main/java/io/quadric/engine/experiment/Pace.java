package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingPlan;
import java.util.Map;

/// How long a run is and how its learning rate falls, in shares of the experiment's longest run: a reduced budget keeps
/// the shape of the published one.
///
/// @param length of the run
/// @param decayFactor by which the rate falls; 1 if it does not
/// @param decayShare the steps in which it falls by that
public record Pace(double length, double decayFactor, double decayShare) {
    /// As long as the longest run, at a constant rate.
    public static final Pace WHOLE = new Pace(1, 1, 1);

    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Pace {
        requireShare("length", length);
        requireShare("decayFactor", decayFactor);
        requireShare("decayShare", decayShare);
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected more than 0 and at most 1");
        }
    }

    /// {@return the limits of the run}; seconds are the same for all.
    ///
    /// @param longest the limits of the longest run
    public Schedule schedule(Schedule longest) {
        return longest.withEpochs(share(longest.epochs())).withSteps(share(longest.steps()));
    }

    private long share(long limit) {
        return limit == Long.MAX_VALUE || limit == 0 ? limit : Math.max(1, Math.round(length * limit));
    }

    /// {@return the hyper-parameters of the decay}; none if there is none.
    ///
    /// @param plan the batches of the run
    /// @param longest the limits of the longest run
    /// @throws InputException if its steps are not limited
    public Map<String, String> decay(TrainingPlan plan, Schedule longest) {
        if (decayFactor == 1) {
            return Map.of();
        }
        long steps = plan.steps(longest.epochs(), longest.steps());
        if (steps == Long.MAX_VALUE) {
            throw new InputException("seconds are the only limit, and the learning rate falls by shares of a run; "
                    + "expected --epochs or --steps");
        }
        long period = Math.clamp(Math.round(decayShare * steps), 1, Integer.MAX_VALUE);
        return Map.of("decayFactor", Double.toString(decayFactor), "decayPeriod", Long.toString(period));
    }
}
