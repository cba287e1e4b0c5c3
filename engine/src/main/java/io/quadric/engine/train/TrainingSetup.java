package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.BatchRoom;
import io.quadric.engine.cases.Cases;
import io.quadric.nn.Initializer;
import io.quadric.optim.Optimizer;
import java.util.Optional;

/// Everything that decides the figures of a run, and where they are computed.
///
/// @param problem model and data
/// @param optimizer the method
/// @param plan the batches, for as many cases as there are to train on; its seed also decides the first parameters
///     and the draws of the method
/// @param initializer of the first parameters
/// @param place where the chunks of batches are computed
/// @param judged the cases of evaluations: those of the problem, unless it is a try on some of them
public record TrainingSetup(
        Problem problem,
        Optimizer optimizer,
        TrainingPlan plan,
        Initializer initializer,
        ChunkPlace place,
        Problem judged) {
    /// More numbers than that are not copied for a try.
    private static final int MOST_NUMBERS = 1 << 24;

    /// Checks that the plan is for this data and the initializer for this network.
    ///
    /// @throws InputException if the plan is for another number of cases, or the network has no array that the
    ///     initializer names
    public TrainingSetup {
        int cases = problem.data().train().cases();
        if (plan.cases() != cases) {
            throw new InputException("the plan is for " + plan.cases() + " training cases, the data set "
                    + problem.data().name() + " has " + cases);
        }
        InputException.unlessRefused(() -> initializer.requireFor(problem.model().network().layout()));
    }

    /// On this machine.
    ///
    /// @param problem model and data
    /// @param optimizer the method
    /// @param plan the batches
    /// @param initializer of the first parameters
    public TrainingSetup(Problem problem, Optimizer optimizer, TrainingPlan plan, Initializer initializer) {
        this(problem, optimizer, plan, initializer, ChunkPlace.here(), problem);
    }

    /// {@return the same elsewhere}
    ///
    /// @param other where the chunks of batches are computed
    public TrainingSetup at(ChunkPlace other) {
        return new TrainingSetup(problem, optimizer, plan, initializer, other, judged);
    }

    /// {@return the same by another optimizer}, with the same first parameters and batches
    ///
    /// @param other the method
    public TrainingSetup by(Optimizer other) {
        return new TrainingSetup(problem, other, plan, initializer, place, judged);
    }

    /// {@return the same, evaluated on some of the training cases alone}, which the seed draws; on all of them if they
    /// are no more
    ///
    /// @param most the most cases; fewer where they are large
    public TrainingSetup judgedOn(int most) {
        Cases train = problem.data().train();
        int count = Math.clamp(MOST_NUMBERS / train.form().inputs(), 2, most);
        Cases some = train.cases() <= count
                ? train
                : Cases.of(train.chosen(plan.some(count), new BatchRoom(train.form())));
        Problem other = new Problem(problem.model(), problem.data().with(some, Optional.empty()));
        return new TrainingSetup(problem, optimizer, plan, initializer, place, other);
    }

    /// With Glorot's initialisation.
    ///
    /// @param problem model and data
    /// @param optimizer the method
    /// @param plan the batches
    public TrainingSetup(Problem problem, Optimizer optimizer, TrainingPlan plan) {
        this(problem, optimizer, plan, Initializer.glorot());
    }

    /// With Glorot's initialisation and batches of the given size.
    ///
    /// @param problem model and data
    /// @param optimizer the method
    /// @param batchSize the most cases of a batch
    /// @param seed decides batches, first parameters and the draws of the method
    public TrainingSetup(Problem problem, Optimizer optimizer, int batchSize, long seed) {
        this(problem, optimizer, new TrainingPlan(problem.data().train().cases(), batchSize, 0, seed));
    }
}
