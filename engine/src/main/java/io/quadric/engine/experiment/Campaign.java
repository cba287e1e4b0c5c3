package io.quadric.engine.experiment;

import io.quadric.engine.experiment.RunFolder.Ended;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.train.Cancellation;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Makes runs one after the other; what is complete in the folder is not made again.
///
/// @param folder of the runs
/// @param warmUp before each run
/// @param ws threads and scratch
/// @param observer is told
/// @param cancellation ends the run at hand after its step, and the campaign
public record Campaign(
        RunFolder folder, JitWarmUp warmUp, Workspace ws, Observer observer, Cancellation cancellation) {
    /// A run that has been made.
    ///
    /// @param job what it was to be
    /// @param ended what it came to
    public record Done(Job job, Ended ended) {}

    /// Is told how the runs go.
    public interface Observer {
        /// A run begins or goes on.
        ///
        /// @param job the run
        void begins(Job job);

        /// {@return listeners of that run}
        ///
        /// @param job the run
        /// @param trainer takes its steps
        List<TrainingListener> listeners(Job job, Trainer trainer);

        /// A run was found complete.
        ///
        /// @param job the run
        void isComplete(Job job);

        /// A run has ended.
        ///
        /// @param all runs so far, those that were complete included
        void ended(List<Done> all);
    }

    /// {@return the runs that were made, now or before, also those that ended before this schedule and are not wanted}
    ///
    /// @param jobs in their order
    /// @param wanted which of those that are not complete are made
    /// @throws io.quadric.engine.InputException if the folder has other runs by their labels
    public List<Done> run(List<Job> jobs, Predicate<Job> wanted) {
        List<Optional<Ended>> before = jobs.stream().map(folder::ended).toList();
        List<Done> all = new ArrayList<>();
        for (int i = 0; i < jobs.size() && !cancellation.isRequested(); i++) {
            Job job = jobs.get(i);
            Optional<Ended> ended = before.get(i);
            if (ended.isPresent() && ended.get().isComplete(job)) {
                observer.isComplete(job);
                all.add(new Done(job, ended.get()));
            } else if (wanted.test(job)) {
                observer.begins(job);
                warmUp.accept(job.run(), job.dataset(), ws);
                all.add(new Done(job, folder.train(
                        job, ws, trainer -> observer.listeners(job, trainer), cancellation)));
                observer.ended(all);
            } else {
                ended.ifPresent(end -> all.add(new Done(job, end)));
            }
        }
        return all;
    }
}
