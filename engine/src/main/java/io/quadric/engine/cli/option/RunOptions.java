package io.quadric.engine.cli.option;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.ModelSpec;
import java.util.List;
import picocli.CommandLine.Mixin;

/// The options of every command that trains: model and data, batches, limits.
public final class RunOptions {
    @Mixin
    private ProblemOptions problem = new ProblemOptions();

    @Mixin
    private BatchOptions batches = new BatchOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    public ProblemOptions problem() {
        return problem;
    }

    public LimitOptions limits() {
        return limits;
    }

    /// Checks that no option of batches is without effect.
    public void requireUsed(List<OptimizerSpec> methods) {
        batches.requireUsed(methods);
    }

    public Dataset load(ModelSpec model) {
        return model.load(problem.source(), problem.precision());
    }

    /// A run that goes on, with what these options may change of it.
    public RunSpec resumed(RunSpec run) {
        return batches.resumed(run);
    }

    /// A run on the data by one method.
    public RunSpec run(ModelSpec model, Dataset dataset, OptimizerSpec method, long seed) {
        return new RunSpec(
                model,
                problem.source().location(),
                problem.precision(),
                method,
                batches.plan(method, dataset.train().cases(), seed),
                problem.initialization());
    }
}
