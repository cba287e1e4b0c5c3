package io.quadric.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberPredictionsTest {
    @Test
    void anExactCase() {
        NumberPredictions predictions = new NumberPredictions(new double[]{1, 2, 5, 4}, new double[]{1, 3, 3, 5});
        assertEquals(Math.sqrt(6 / 4.0), predictions.rmse());
        assertEquals(1, predictions.mae());
        assertEquals(1 - 6 / 8.0, predictions.r2());
        assertEquals(0, predictions.select(new int[]{0, 0}).rmse());
    }

    /// For the least-squares line through the points R² is the square of the correlation.
    @Test
    void r2OfALeastSquaresLineIsTheSquaredCorrelation() {
        Random random = new Random(4);
        for (int run = 0; run < 20; run++) {
            double[] x = random.doubles(30, 1000, 1010).toArray();
            double[] a = Arrays.stream(x).map(v -> 2 * v + random.nextGaussian() * 5).toArray();
            double mx = Arrays.stream(x).average().orElseThrow();
            double ma = Arrays.stream(a).average().orElseThrow();
            double xx = 0;
            double xa = 0;
            double aa = 0;
            for (int i = 0; i < 30; i++) {
                xx += (x[i] - mx) * (x[i] - mx);
                xa += (x[i] - mx) * (a[i] - ma);
                aa += (a[i] - ma) * (a[i] - ma);
            }
            double slope = xa / xx;
            NumberPredictions line = new NumberPredictions(Arrays.stream(x).map(v -> ma + slope * (v - mx)).toArray(),
                    a);
            assertEquals(xa * xa / xx / aa, line.r2(), 1e-9);
            assertEquals(line.rmse() * line.rmse(), (1 - line.r2()) * aa / 30, 1e-9);
        }
    }

    @Test
    void equalNumbersAndNone() {
        assertEquals(1, new NumberPredictions(new double[]{0.1, 0.1}, new double[]{0.1, 0.1}).r2());
        assertEquals(0, new NumberPredictions(new double[]{0.1, 0.2}, new double[]{0.1, 0.1}).r2());
        assertThrows(IllegalArgumentException.class, () -> new NumberPredictions(new double[0], new double[0]));
        assertThrows(IllegalArgumentException.class, () -> new NumberPredictions(new double[1], new double[2]));
    }
}
