package io.quadric.engine.data.problem;

import io.quadric.engine.metric.Criterion;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.random.RandomGenerator;

/// A sequence of 100 symbols begins with the first or the second of them and goes on with the other 98 in random
/// order, again and again if it is long enough. What comes next, at the end, is the symbol of the beginning. It is
/// the only one that can be predicted, and the only one that is wanted here.
public record RandomPermutation() implements LongRangeProblem {
    private static final int SYMBOLS = 100;
    private static final int RELEVANT = 2;

    @Override
    public String name() {
        return "random-permutation";
    }

    @Override
    public int shortest() {
        return 2;
    }

    @Override
    public int features() {
        return SYMBOLS;
    }

    @Override
    public int outputs() {
        return SYMBOLS;
    }

    @Override
    public SequenceOutput output() {
        return SequenceOutput.LAST;
    }

    @Override
    public Loss loss() {
        return new SoftmaxCrossEntropy();
    }

    @Override
    public Criterion criterion(int length) {
        return Criterion.largest(1);
    }

    @Override
    public void draw(RandomGenerator random, double[] input, double[] target) {
        int length = input.length / SYMBOLS;
        int first = random.nextInt(RELEVANT);
        input[first] = 1;
        target[first] = 1;
        int[] others = new int[SYMBOLS - RELEVANT];
        for (int t = 1; t < length; t++) {
            int next = (t - 1) % others.length;
            if (next == 0) {
                shuffle(random, others);
            }
            input[t * SYMBOLS + others[next]] = 1;
        }
    }

    private static void shuffle(RandomGenerator random, int[] others) {
        for (int i = 0; i < others.length; i++) {
            int j = random.nextInt(i + 1);
            others[i] = others[j];
            others[j] = RELEVANT + i;
        }
    }
}
