package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.problem.LongRangeProblem;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.metric.Criterion;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.registry.Argument;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Cases of a [LongRangeProblem], made from a seed. By name: `problem:addition,length=30`, and after further commas
/// `cases=`, `test=` and `seed=`.
///
/// @param problem which one
/// @param length time steps of every sequence
/// @param cases to train on
/// @param test cases to test with
/// @param seed decides all of them
public record ProblemSource(
        LongRangeProblem problem,
        @Argument(otherwise = "30") int length,
        @Argument(otherwise = "2000") int cases,
        @Argument(otherwise = "1000") int test,
        @Argument(otherwise = "1") long seed)
        implements DataSource {
    /// Checks the sizes.
    ///
    /// @throws InputException if the sequence is too short for the problem, or a number of cases below 1
    /// @throws IllegalArgumentException if a sequence is longer than an array can be
    public ProblemSource {
        if (length < problem.shortest()) {
            throw new InputException("problem " + problem.name() + ": length " + length + ", expected at least "
                    + problem.shortest());
        }
        new Shape.Sequence(length, problem.features());
        if (cases < 1 || test < 1) {
            throw new InputException("problem " + problem.name() + ": " + cases + " cases and " + test
                    + " test cases, expected at least 1 of each");
        }
    }

    /// {@return one case}
    public Shape.Sequence input() {
        return new Shape.Sequence(length, problem.features());
    }

    private int targets() {
        return problem.outputs() * (problem.output() == SequenceOutput.ALL ? length : 1);
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        if (!(task instanceof Task.Given)) {
            throw new InputException(name() + " has targets of its own, expected a model with the targets 'given'");
        }
        Batch training = draw(cases, RandomGeneratorFactory.of("L64X128MixRandom").create(seed), precision);
        Batch testing = draw(test, RandomGeneratorFactory.of("L64X128MixRandom").create(~seed), precision);
        Optional<Criterion> criterion = Optional.of(problem.criterion(length));
        return new Dataset(
                name(), task, input(), Cases.of(training), Optional.of(Cases.of(testing)), criterion,
                Optional.empty());
    }

    private Batch draw(int count, RandomGenerator random, Precision precision) {
        long numbers = (long) count * length * (problem.features() + problem.outputs());
        HeapLimit.require(name(), numbers, precision.bytes());
        Matrix inputs = Matrix.zeros(precision, count, input().size());
        Matrix targets = Matrix.zeros(precision, count, targets());
        for (int i = 0; i < count; i++) {
            double[] input = new double[inputs.columns()];
            double[] target = new double[targets.columns()];
            problem.draw(random, input, target);
            inputs.row(i).copyFrom(Vector.of(input));
            targets.row(i).copyFrom(Vector.of(target));
        }
        return new Batch(inputs, targets);
    }
}
