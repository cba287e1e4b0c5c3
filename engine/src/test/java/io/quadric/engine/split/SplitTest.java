package io.quadric.engine.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static void requireEachOnce(int cases, int[]... parts) {
        int[] all = Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
        assertArrayEquals(IntStream.range(0, cases).toArray(), all);
    }

    private static long count(int[] part, int[] labels, int label) {
        return Arrays.stream(part).filter(i -> labels[i] == label).count();
    }

    private static int[] labels(Random random, int cases) {
        return IntStream.range(0, cases).map(i -> random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(3)).toArray();
    }

    @Test
    void everyCaseIsInOnePartOfTheWantedSize() {
        for (int cases : new int[]{3, 10, 101, 1000}) {
            Split split = Split.plain(cases, new Shares(0.2, 0.1), 5);
            requireEachOnce(cases, split.train(), split.validation(), split.test());
            assertEquals(Math.max(1, Math.round(0.1 * cases)), split.test().length);
            assertEquals(Math.max(1, Math.round(0.2 * cases)), split.validation().length);
        }
    }

    @Test
    void theSeedDecides() {
        Shares shares = new Shares(0.3, 0);
        assertArrayEquals(Split.plain(50, shares, 1).validation(), Split.plain(50, shares, 1).validation());
        assertFalse(Arrays.equals(Split.plain(50, shares, 1).validation(), Split.plain(50, shares, 2).validation()));
        assertEquals(0, Split.plain(50, shares, 1).test().length);
    }

    /// No case is favoured: over many seeds each is drawn as often as the others, up to five standard deviations.
    @Test
    void casesAreDrawnEquallyOften() {
        int[] counts = new int[20];
        for (int seed = 0; seed < 4000; seed++) {
            Arrays.stream(Split.plain(20, new Shares(0, 0.25), seed).test()).forEach(i -> counts[i]++);
        }
        for (int count : counts) {
            assertEquals(1000, count, 5 * Math.sqrt(4000 * 0.25 * 0.75));
        }
    }

    @Test
    void aStratifiedSplitHasTheSharesOfTheClasses() {
        Random random = new Random(1);
        for (int run = 0; run < 50; run++) {
            int cases = 20 + random.nextInt(300);
            int[] labels = labels(random, cases);
            Split split = Split.stratified(labels, new Shares(0.25, 0.2), run);
            requireEachOnce(cases, split.train(), split.validation(), split.test());
            for (int k = 0; k < 4; k++) {
                long size = count(IntStream.range(0, cases).toArray(), labels, k);
                assertEquals(size * split.test().length / (double) cases, count(split.test(), labels, k), 1.5);
                assertEquals(size * split.validation().length / (double) cases, count(split.validation(), labels, k),
                        2.5);
            }
        }
    }

    @Test
    void foldsTestEveryCaseOnceAndShareTheClasses() {
        int[] labels = labels(new Random(2), 103);
        for (List<Fold> folds : List.of(Fold.plain(103, 5, 3), Fold.stratified(labels, 5, 3))) {
            requireEachOnce(103, folds.stream().map(Fold::test).toArray(int[][]::new));
            for (Fold fold : folds) {
                requireEachOnce(103, fold.train(), fold.test());
                assertTrue(fold.test().length == 20 || fold.test().length == 21);
            }
        }
        for (Fold fold : Fold.stratified(labels, 5, 3)) {
            for (int k = 0; k < 4; k++) {
                assertEquals(count(IntStream.range(0, 103).toArray(), labels, k) / 5.0, count(fold.test(), labels, k),
                        1);
            }
        }
    }

    @Test
    void sharesAndFoldsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Shares(0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Shares(-0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Shares(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> Split.plain(2, new Shares(0.1, 0.1), 1));
        assertThrows(IllegalArgumentException.class, () -> Fold.plain(5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Fold.plain(5, 6, 1));
    }
}
