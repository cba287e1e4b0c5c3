package io.quadric.engine.report;

import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingPlan;
import java.util.function.ToLongFunction;

/// How long a run is expected to be, as far as its schedule says.
///
/// @param unit of its length
/// @param most how many of them; −1 if the schedule does not say
/// @param position how many are done
public record Extent(String unit, long most, ToLongFunction<Progress> position) {
    private static final String STEPS = " steps";

    /// {@return the steps of a schedule, or its seconds where it has no other limit}
    ///
    /// @param schedule limits
    /// @param plan the batches
    public static Extent of(Schedule schedule, TrainingPlan plan) {
        boolean epochs = schedule.epochs() < Long.MAX_VALUE;
        if (epochs || schedule.steps() < Long.MAX_VALUE) {
            long ofEpochs = epochs ? schedule.epochs() * plan.stepsPerEpoch() : Long.MAX_VALUE;
            return new Extent(STEPS, Math.min(schedule.steps(), ofEpochs), Progress::step);
        }
        return Double.isFinite(schedule.seconds())
                ? new Extent(" s", Math.round(schedule.seconds()), at -> Math.round(at.seconds()))
                : new Extent(STEPS, -1, Progress::step);
    }
}
