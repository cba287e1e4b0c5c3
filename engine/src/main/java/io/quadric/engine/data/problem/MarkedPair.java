package io.quadric.engine.data.problem;

import io.quadric.engine.metric.Criterion;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Two numbers of a long sequence are marked, one in its first tenth, one between there and its middle; at the end
/// their sum, product or exclusive or is wanted. A time step has the number, uniform in [0, 1], or 0 or 1 for the
/// exclusive or, and its mark, 1 or 0.
///
/// Right is an error below 0.04 (Hochreiter & Schmidhuber 1997, §5.4 and §5.5); for the exclusive or, the sign of the
/// logit.
///
/// @param operation what is wanted
public record MarkedPair(Operation operation) implements LongRangeProblem {
    private static final double BOUND = 0.04;

    /// What is wanted of the two numbers.
    public enum Operation {
        /// x + y
        ADDITION,
        /// x y
        MULTIPLICATION,
        /// x ⊕ y
        XOR
    }

    @Override
    public String name() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int shortest() {
        return 4;
    }

    @Override
    public int features() {
        return 2;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public SequenceOutput output() {
        return SequenceOutput.LAST;
    }

    @Override
    public Loss loss() {
        return operation == Operation.XOR ? new SigmoidCrossEntropy() : new SquaredError();
    }

    @Override
    public Criterion criterion(int length) {
        return operation == Operation.XOR ? Criterion.sign() : Criterion.within(BOUND);
    }

    @Override
    public void draw(RandomGenerator random, double[] input, double[] target) {
        int length = input.length / 2;
        for (int t = 0; t < length; t++) {
            input[2 * t] = operation == Operation.XOR ? random.nextInt(2) : random.nextDouble();
        }
        int tenth = Math.max(1, length / 10);
        int first = random.nextInt(tenth);
        int second = random.nextInt(tenth, length / 2);
        input[2 * first + 1] = 1;
        input[2 * second + 1] = 1;
        target[0] = result(input[2 * first], input[2 * second]);
    }

    private double result(double x, double y) {
        return switch (operation) {
            case ADDITION -> x + y;
            case MULTIPLICATION -> x * y;
            case XOR -> x == y ? 0 : 1;
        };
    }
}
