package io.quadric.engine.split;

import java.util.List;
import java.util.stream.IntStream;

/// One of k parts of the cases to test with, the others to train on.
///
/// @param train places of the cases, ascending
/// @param test places of the cases, ascending
public record Fold(int[] train, int[] test) {
    /// {@return k folds by chance, their sizes different by one case at most}
    ///
    /// @param cases how many there are
    /// @param k how many folds, from 2
    /// @param seed decides everything
    /// @throws IllegalArgumentException if k is below 2 or above the number of cases
    public static List<Fold> plain(int cases, int k, long seed) {
        return of(Shuffle.plain(cases, seed), k);
    }

    /// {@return k folds that have equally many cases of each class, up to one}
    ///
    /// @param labels the class of each case, from 0
    /// @param k how many folds, from 2
    /// @param seed decides everything
    /// @throws IllegalArgumentException if k is below 2 or above the number of cases
    public static List<Fold> stratified(int[] labels, int k, long seed) {
        return of(Shuffle.byClass(labels, seed), k);
    }

    private static List<Fold> of(int[] order, int k) {
        if (k < 2 || k > order.length) {
            throw new IllegalArgumentException(k + " folds of " + order.length + " cases, expected 2 to the number "
                    + "of cases");
        }
        int[] foldOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            foldOf[order[i]] = i % k;
        }
        return IntStream.range(0, k)
                .mapToObj(fold -> new Fold(
                        IntStream.range(0, foldOf.length).filter(i -> foldOf[i] != fold).toArray(),
                        IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).toArray()))
                .toList();
    }
}
