package io.quadric.engine.data.problem;

import io.quadric.engine.metric.Criterion;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.random.RandomGenerator;

/// A message of some symbols, then the same blank again and again, then a cue, after which the message is to be
/// repeated; until then, and with the cue itself, the answer is blank (Jaeger 2012, "noiseless memory"). Inputs are the
/// symbols, the blank and the cue; outputs the symbols and the blank. Every time step has to be right.
///
/// @param name of the problem
/// @param count symbols of the message
/// @param symbols different ones
public record Memorisation(String name, int count, int symbols) implements LongRangeProblem {
    @Override
    public int shortest() {
        return 2 * count + 1;
    }

    @Override
    public int features() {
        return symbols + 2;
    }

    @Override
    public int outputs() {
        return symbols + 1;
    }

    @Override
    public SequenceOutput output() {
        return SequenceOutput.ALL;
    }

    @Override
    public Loss loss() {
        return new SoftmaxCrossEntropy();
    }

    @Override
    public Criterion criterion(int length) {
        return Criterion.largest(length);
    }

    @Override
    public void draw(RandomGenerator random, double[] input, double[] target) {
        int length = input.length / features();
        int repeat = length - count;
        int blank = symbols;
        for (int t = count; t < length; t++) {
            input[t * features() + (t == repeat - 1 ? symbols + 1 : blank)] = 1;
        }
        for (int t = 0; t < repeat; t++) {
            target[t * outputs() + blank] = 1;
        }
        for (int t = 0; t < count; t++) {
            int symbol = random.nextInt(symbols);
            input[t * features() + symbol] = 1;
            target[(repeat + t) * outputs() + symbol] = 1;
        }
    }
}
