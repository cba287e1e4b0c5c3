package io.quadric.engine.split;

import java.util.Arrays;

/// Cases to train on, to validate with and to test with, each case in one of them.
///
/// @param train places of the cases, ascending
/// @param validation places of the cases, ascending
/// @param test places of the cases, ascending
public record Split(int[] train, int[] validation, int[] test) {
    /// {@return a split by chance}
    ///
    /// @param cases how many there are
    /// @param shares of validation and test
    /// @param seed decides everything
    /// @throws IllegalArgumentException if no case is left to train on
    public static Split plain(int cases, Shares shares, long seed) {
        return of(Shuffle.plain(cases, seed), shares);
    }

    /// {@return a split in which each part has its share of every class, up to one case}
    ///
    /// @param labels the class of each case, from 0
    /// @param shares of validation and test
    /// @param seed decides everything
    /// @throws IllegalArgumentException if no case is left to train on
    public static Split stratified(int[] labels, Shares shares, long seed) {
        return of(Shuffle.stratified(labels, seed), shares);
    }

    private static Split of(int[] order, Shares shares) {
        int test = Shares.count(shares.test(), order.length);
        int validation = Shares.count(shares.validation(), order.length);
        if (test + validation >= order.length) {
            throw new IllegalArgumentException(order.length + (order.length == 1 ? " case" : " cases") + ", "
                    + validation + " of them to validate and " + test + " to test with, expected some to train on");
        }
        return new Split(
                sorted(order, test + validation, order.length),
                sorted(order, test, test + validation),
                sorted(order, 0, test));
    }

    static int[] sorted(int[] order, int from, int to) {
        int[] part = Arrays.copyOfRange(order, from, to);
        Arrays.sort(part);
        return part;
    }
}
