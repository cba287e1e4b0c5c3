package io.quadric.engine.metric;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// The area under the ROC curve.
final class Auc {
    private Auc() {}

    /// The probability that a positive case has a higher score than a negative one, ties counting half: from the ranks
    /// R of the positive cases, (Σ R − p (p + 1) / 2) / (p n) (Mann & Whitney 1947). Empty where there are no cases of
    /// one kind.
    static OptionalDouble of(double[] scores, boolean[] positive) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double ranks = 0;
        long positives = 0;
        for (int from = 0; from < order.length;) {
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            for (; from < to; from++) {
                ranks += positive[order[from]] ? rank : 0;
                positives += positive[order[from]] ? 1 : 0;
            }
        }
        long negatives = scores.length - positives;
        return positives == 0 || negatives == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((ranks - positives * (positives + 1) / 2.0) / positives / negatives);
    }
}
