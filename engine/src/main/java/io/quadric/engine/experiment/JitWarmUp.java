package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.linalg.Workspace;
import java.util.List;

/// Lets the virtual machine compile what a method needs before its clock starts: the method takes steps on a copy of
/// some of the data, and all that comes of them is thrown away.
///
/// @param seconds of steps; the step in which they run out is completed
public record JitWarmUp(double seconds) {
    private static final int MOST_CASES = 2000;
    private static final int MOST_STEPS = 50;

    /// Takes the steps.
    ///
    /// @param run what will be timed
    /// @param dataset its data
    /// @param ws threads and scratch
    public void accept(RunSpec run, Dataset dataset, Workspace ws) {
        if (seconds == 0) {
            return;
        }
        int cases = Math.min(dataset.train().cases(), MOST_CASES);
        Dataset some = dataset.with(
                dataset.train().first(cases),
                dataset.test().map(test -> test.first(Math.min(test.cases(), cases))));
        Schedule schedule = Schedule.steps(MOST_STEPS).withSeconds(seconds).withEvaluateEvery(MOST_STEPS);
        new Trainer(run.withCases(cases).on(some), ws).train(schedule, List.of());
    }
}
