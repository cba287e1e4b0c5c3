package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.ProblemSource;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.data.Task;
import io.quadric.engine.data.problem.LongRangeProblem;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;

/// Models for made-up problems.
public final class RecurrentModels {
    private static final int UNITS = 100;

    private RecurrentModels() {}

    /// {@return 100 recurrent tanh units with a dense layer on top, and the problem's loss} (Martens & Sutskever 2011)
    ///
    /// @param source a problem
    /// @throws InputException if the data are no such problem
    static ModelSpec of(DataSource source) {
        if (source instanceof ProblemSource problem) {
            return of(problem, UNITS);
        }
        if (source instanceof ShardFolder shards && shards.kind().equals("problem")) {
            return of(DataSource.named(shards.origin()));
        }
        throw new InputException("model recurrent-" + UNITS + " is for made-up problems, expected data such as "
                + "'problem:addition,length=30', got '" + source.name() + "'");
    }

    /// {@return recurrent tanh units with a dense layer on top, and the problem's loss}
    ///
    /// @param source the problem
    /// @param units how many
    public static ModelSpec of(ProblemSource source, int units) {
        LongRangeProblem problem = source.problem();
        Network network = new Network(
                source.input(),
                List.of(
                        new RecurrentLayer(units, ElementaryFunction.TANH, problem.output()),
                        new DenseLayer(problem.outputs(), true)));
        return new ModelSpec("recurrent-" + units, new Model(network, problem.loss()), new Task.Given(), 1);
    }
}
