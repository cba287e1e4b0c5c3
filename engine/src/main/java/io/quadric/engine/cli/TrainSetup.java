package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.cli.option.LimitOptions;
import io.quadric.engine.cli.option.ProblemOptions;
import io.quadric.engine.cli.option.RunOptions;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.ImageInputs;
import io.quadric.engine.data.OpenTable;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.learn.Method;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.model.ParameterFiles;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.nn.Parameters;
import io.quadric.optim.hessianfree.CgObserver;
import io.quadric.optim.hessianfree.HessianFree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `quadric train` trains, on what, and how.
///
/// @param run in names and numbers
/// @param table the data, if they are a table
/// @param training what decides the figures
/// @param tabular whether the data are a table, or were one before they were packed
record TrainSetup(RunSpec run, Optional<OpenTable> table, TrainingSetup training, boolean tabular) {
    /// A new run.
    static TrainSetup of(RunOptions options, Optional<String> optimizer, Map<String, String> values) {
        ProblemOptions problem = options.problem();
        ModelSpec model = problem.model();
        DataSource source = problem.source();
        OptimizerSpec method = new OptimizerSpec(optimizer.orElse(Method.DEFAULT), values);
        options.requireUsed(List.of(method));
        Dataset data = model.load(source, problem.precision());
        RunSpec run = options.run(model, data, method, problem.seed());
        return new TrainSetup(run, table(source), run.on(data), isTabular(source));
    }

    /// The same by another method or with other hyper-parameters from here on.
    TrainSetup by(OptimizerSpec method) {
        RunSpec changed = run.by(method);
        return new TrainSetup(changed, table, changed.on(training.problem().data()), tabular);
    }

    /// The same with the hyper-parameters that a search has found, from the same first parameters on the same batches.
    TrainSetup tuned(Map<String, String> found) {
        OptimizerSpec method = run.optimizer().changed(run.optimizer().recipe(), found);
        return new TrainSetup(run.tuned(method), table, training.by(method.optimizer()), tabular);
    }

    /// A run that goes on, on the data of the checkpoint unless others are given.
    static TrainSetup of(Checkpoint from, Optional<DataSource> others) {
        DataSource source = others.orElseGet(() -> data(from.run()));
        Dataset data = from.run().model().load(source, from.run().precision());
        from.requireData(data);
        return new TrainSetup(from.run(), table(source), from.run().on(data), isTabular(source));
    }

    private static DataSource data(RunSpec run) {
        try {
            return DataSource.named(run.data()).opened();
        } catch (InputException e) {
            throw new InputException(e.getMessage() + "; the checkpoint was made with these data, --data says where "
                    + "they are now");
        }
    }

    private static Optional<OpenTable> table(DataSource source) {
        return whole(source) instanceof OpenTable open ? Optional.of(open) : Optional.empty();
    }

    private static boolean isTabular(DataSource source) {
        return whole(source) instanceof OpenTable || whole(source) instanceof ShardFolder shards && shards.isTable();
    }

    /// An excerpt of a table has cases of its own.
    private static DataSource whole(DataSource source) {
        return source instanceof ImageInputs images ? images.whole() : source;
    }

    /// The same with the first parameters of a file.
    TrainSetup withInitial(Path file) {
        Parameters parameters = ParameterFiles.parameters(
                file, training.problem().model().network(), training.problem().data().precision());
        return new TrainSetup(run, table, new TrainingSetup(
                training.problem(), training.optimizer(), training.plan(), ParameterFiles.initializer(parameters)),
                tabular);
    }

    /// The same with an observer of conjugate gradients.
    TrainSetup observed(CgObserver observer) {
        if (!(training.optimizer() instanceof HessianFree method) || !method.iterates()) {
            throw new InputException("--cg-curves is given, but " + run.optimizer().recipe()
                    + " has no iterates to show, expected hessian-free, hessian-free-early, hessian-free-momentum or"
                    + " hessian-free-recurrent without averageDecay or penaltySteps");
        }
        return new TrainSetup(run, table, new TrainingSetup(
                training.problem(), start -> method.start(start, observer), training.plan(),
                training.initializer()), tabular);
    }

    /// The same with the chunks of batches elsewhere.
    TrainSetup at(ChunkPlace place) {
        return new TrainSetup(run, table, training.at(place), tabular);
    }

    /// How far a run comes by its limits, by the usual ones where none is given.
    ///
    /// @param epochsSoFar that it has come to
    Schedule schedule(LimitOptions limits, double epochsSoFar) {
        return tabular
                ? limits.schedule(StopRule.defaults().schedule(run.plan().stepsPerEpoch()))
                : limits.schedule(epochsSoFar);
    }

    /// The cases that validate a table.
    Optional<Table> validation() {
        return table.flatMap(open -> open.prepared().validation());
    }
}
