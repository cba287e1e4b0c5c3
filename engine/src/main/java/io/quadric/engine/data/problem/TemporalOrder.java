package io.quadric.engine.data.problem;

import io.quadric.engine.metric.Criterion;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.random.RandomGenerator;

/// In a long sequence of the symbols c, d, e and f, two or three of the symbols are a or b; at the end it is wanted
/// which of them came in which order, 4 or 8 classes: the first symbol counts most, a as 0, b as 1 (Hochreiter &
/// Schmidhuber 1997, §5.6). They occur in the first and in the fifth tenth of the sequence, or in the first, fourth
/// and sixth.
///
/// @param count 2 or 3
public record TemporalOrder(int count) implements LongRangeProblem {
    private static final int SYMBOLS = 6;
    private static final int RELEVANT = 2;
    private static final int TENTHS = 10;

    /// Checks the count.
    ///
    /// @throws IllegalArgumentException if it is neither 2 nor 3
    public TemporalOrder {
        if (count != 2 && count != 3) {
            throw new IllegalArgumentException("temporal order of 2 or 3 symbols expected, got " + count);
        }
    }

    @Override
    public String name() {
        return "temporal-order-" + count;
    }

    @Override
    public int shortest() {
        return TENTHS;
    }

    @Override
    public int features() {
        return SYMBOLS;
    }

    @Override
    public int outputs() {
        return 1 << count;
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
        int[] symbols = random.ints(length, RELEVANT, SYMBOLS).toArray();
        int order = 0;
        for (int tenth : count == 2 ? new int[]{0, 4} : new int[]{0, 3, 5}) {
            int place = random.nextInt(tenth * length / TENTHS, (tenth + 1) * length / TENTHS);
            symbols[place] = random.nextInt(RELEVANT);
            order = RELEVANT * order + symbols[place];
        }
        for (int t = 0; t < length; t++) {
            input[t * SYMBOLS + symbols[t]] = 1;
        }
        target[order] = 1;
    }
}
