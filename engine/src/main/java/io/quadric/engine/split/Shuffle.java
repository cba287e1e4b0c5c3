package io.quadric.engine.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Orders of cases.
final class Shuffle {
    private Shuffle() {}

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// A uniform permutation (Fisher & Yates).
    static int[] plain(int cases, long seed) {
        RandomGenerator random = random(seed);
        int[] order = new int[cases];
        for (int i = 0; i < cases; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// A permutation in which every class is spread evenly: the r-th of the n cases of a class has its place at
    /// (r + ½) / n of the whole, so that the first cases hold of each class their share of it, up to one case.
    static int[] stratified(int[] labels, long seed) {
        int classes = 1 + Arrays.stream(labels).max().orElse(0);
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        int[] ranks = new int[classes];
        double[] places = new double[labels.length];
        int[] order = plain(labels.length, seed);
        for (int i : order) {
            places[i] = (ranks[labels[i]]++ + 0.5) / sizes[labels[i]];
        }
        return IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> places[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// A permutation with one class after the other: dealt out in turn, each gets equally many of every class.
    static int[] byClass(int[] labels, long seed) {
        return IntStream.of(plain(labels.length, seed))
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
