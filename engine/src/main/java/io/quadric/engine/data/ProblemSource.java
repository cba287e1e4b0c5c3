package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.SequenceOutput;
import io.quadric.nn.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/// Cases of a [LongRangeProblem], made from a seed. By name: `problem:addition,length=30`, and after further commas
/// `cases=`, `test=` and `seed=`.
///
/// @param problem which one
/// @param length time steps of every sequence
/// @param cases to train on
/// @param test cases to test with
/// @param seed decides all of them
public record ProblemSource(LongRangeProblem problem, int length, int cases, int test, long seed)
        implements DataSource {
    static final String PREFIX = "problem:";

    private static final Map<String, String> DEFAULTS = Map.of("length", "30", "cases", "2000", "test", "1000", "seed",
            "1");

    /// Checks the sizes.
    ///
    /// @throws InputException if the sequence is too short for the problem, or a number of cases below 1
    public ProblemSource {
        if (length < problem.shortest()) {
            throw new InputException("problem " + problem.name() + ": length " + length + ", expected at least "
                    + problem.shortest());
        }
        if (cases < 1 || test < 1) {
            throw new InputException("problem " + problem.name() + ": " + cases + " cases and " + test
                    + " test cases, expected at least 1 of each");
        }
    }

    /// Whether a name is meant to be that of a problem.
    static boolean isMeant(String name) {
        return name.startsWith(PREFIX);
    }

    /// The problem of that name.
    static ProblemSource parse(String text) {
        String[] parts = text.substring(PREFIX.length()).split(",", -1);
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (int i = 1; i < parts.length; i++) {
            String[] member = parts[i].split("=", 2);
            if (member.length < 2 || !DEFAULTS.containsKey(member[0])) {
                throw new InputException("'" + parts[i] + "' in '" + text
                        + "', expected length=, cases=, test= or seed= with a whole number");
            }
            values.put(member[0], member[1]);
        }
        return new ProblemSource(
                named(parts[0]),
                (int) number(values, "length", Integer.MAX_VALUE),
                (int) number(values, "cases", Integer.MAX_VALUE),
                (int) number(values, "test", Integer.MAX_VALUE),
                number(values, "seed", Long.MAX_VALUE));
    }

    private static LongRangeProblem named(String name) {
        return LongRangeProblem.all().stream()
                .filter(problem -> problem.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("unknown problem '" + name + "', expected one of "
                        + LongRangeProblem.all().stream()
                                .map(LongRangeProblem::name)
                                .collect(Collectors.joining(", "))));
    }

    private static long number(Map<String, String> values, String name, long largest) {
        try {
            long number = Long.parseLong(values.get(name));
            if (number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below says it better
        }
        throw new InputException(name + "=" + values.get(name) + ", expected a whole number of at most " + largest);
    }

    @Override
    public String name() {
        return PREFIX + problem.name() + ",length=" + length + ",cases=" + cases + ",test=" + test + ",seed=" + seed;
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
        return new Dataset(name(), task, input(), training, Optional.of(testing), criterion);
    }

    private Batch draw(int count, RandomGenerator random, Precision precision) {
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
