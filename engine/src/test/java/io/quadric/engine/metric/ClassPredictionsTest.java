package io.quadric.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassPredictionsTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    private static ClassPredictions random(long seed, int cases, int classes) {
        Random random = new Random(seed);
        double[][] rows = new double[cases][classes];
        for (double[] row : rows) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                row[k] = 1 + random.nextInt(6);
                sum += row[k];
            }
            for (int k = 0; k < classes; k++) {
                row[k] /= sum;
            }
        }
        int[] actual = IntStream.range(0, cases).map(i -> i < classes ? i : random.nextInt(classes)).toArray();
        return ClassPredictions.of(IntStream.range(0, classes).mapToObj(Integer::toString).toList(), Matrix.of(rows),
                actual);
    }

    @Test
    void anExactCase() {
        Matrix p = Matrix
                .of(new double[][]{{0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}, {0.25, 0.5, 0.25}, {0.125, 0.125, 0.75}});
        ClassPredictions predictions = ClassPredictions.of(THREE, p, new int[]{0, 0, 1, 2});
        Confusion confusion = predictions.confusion();
        assertEquals(0.75, predictions.accuracy());
        assertEquals(1, confusion.count(0, 1));
        assertEquals(2, confusion.support(0));
        assertEquals(1, confusion.precision(0));
        assertEquals(0.5, confusion.recall(0));
        assertEquals(2.0 / 3, confusion.f1(0), 1e-15);
        assertEquals(0.5, confusion.precision(1));
        assertEquals(1, confusion.recall(1));
        assertEquals((2.0 / 3 + 2.0 / 3 + 1) / 3, confusion.macroF1(), 1e-15);
        assertEquals(-(Math.log(0.5) + Math.log(0.25) + Math.log(0.5) + Math.log(0.75)) / 4, predictions.logLoss(),
                1e-15);
        assertEquals((0.875 + 5 / 6.0 + 1) / 3, predictions.auc().orElseThrow(), 1e-15);
    }

    /// Two derivations of F₁: from the counts, and as the harmonic mean of precision and recall.
    @Test
    void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
        for (int seed = 0; seed < 20; seed++) {
            Confusion confusion = random(seed, 40, 4).confusion();
            for (int k = 0; k < 4; k++) {
                double p = confusion.precision(k);
                double r = confusion.recall(k);
                assertEquals(p + r == 0 ? 0 : 2 * p * r / (p + r), confusion.f1(k), 1e-14);
            }
        }
    }

    /// Two derivations: by ranks, and the area under the steps of the ROC curve, threshold by threshold.
    @Test
    void theAreaIsThatUnderTheCurve() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] scores = random.ints(60, 0, 15).mapToDouble(s -> s).toArray();
            boolean[] positive = new boolean[60];
            for (int i = 0; i < 60; i++) {
                positive[i] = random.nextInt(15) < scores[i];
            }
            assertEquals(area(scores, positive), Auc.of(scores, positive).orElseThrow(), 1e-14);
        }
    }

    private static double area(double[] scores, boolean[] positive) {
        double area = 0;
        double[] last = {0, 0};
        for (double threshold = 16; threshold >= -1; threshold -= 0.5) {
            double[] rates = new double[2];
            double[] all = new double[2];
            for (int i = 0; i < scores.length; i++) {
                int kind = positive[i] ? 1 : 0;
                all[kind]++;
                rates[kind] += scores[i] >= threshold ? 1 : 0;
            }
            double[] point = {rates[0] / all[0], rates[1] / all[1]};
            area += (point[0] - last[0]) * (point[1] + last[1]) / 2;
            last = point;
        }
        return area;
    }

    @Test
    void figuresThatDoNotExistAreEmptyOrZero() {
        Matrix p = Matrix.of(new double[][]{{1, 0, 0}, {0.5, 0.5, 0}});
        ClassPredictions predictions = ClassPredictions.of(THREE, p, new int[]{0, 1});
        assertEquals(OptionalDouble.empty(), predictions.auc());
        assertEquals(0, predictions.confusion().precision(2));
        assertEquals(0, predictions.confusion().recall(2));
        assertEquals(0, predictions.confusion().f1(2));
        ClassPredictions wrong = ClassPredictions.of(THREE, p, new int[]{2, 1});
        assertEquals(-(Math.log(1e-15) + Math.log(0.5)) / 2, wrong.logLoss(), 1e-14);
        assertThrows(IllegalArgumentException.class, () -> ClassPredictions.of(THREE, p, new int[]{0}));
        assertThrows(IllegalArgumentException.class, () -> new Confusion(new int[1], new int[2], 2));
    }

    /// The interval of a share over many cases is that of the normal approximation, and its seed decides it.
    @Test
    void theBootstrapIntervalOfAnAccuracy() {
        int cases = 2000;
        ClassPredictions predictions = random(9, cases, 2);
        Bootstrap bootstrap = new Bootstrap(3);
        Interval interval = bootstrap.interval(cases, chosen -> predictions.select(chosen).accuracy());
        double share = predictions.accuracy();
        double half = 1.96 * Math.sqrt(share * (1 - share) / cases);
        assertEquals(share - half, interval.low(), 0.15 * half);
        assertEquals(share + half, interval.high(), 0.15 * half);
        assertEquals(interval, bootstrap.interval(cases, chosen -> predictions.select(chosen).accuracy()));
        assertTrue(new Bootstrap(1000, 0.5, 3).interval(cases, c -> predictions.select(c).accuracy()).low() > interval
                .low());
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 0.9, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(10, 1, 1));
        assertTrue(Double.isNaN(bootstrap.interval(5, chosen -> Double.NaN).low()));
    }
}
