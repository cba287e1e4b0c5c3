package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private final Dataset data = new Digits().load(new Task.Classification(10), Precision.FLOAT64);

    /// The class counts are those published with the data.
    @Test
    void bothPartsTogetherAreTheWholeCollection() {
        int[] counts = new int[10];
        count(data.train().batch(), counts);
        count(data.test().orElseThrow().batch(), counts);
        assertArrayEquals(new int[]{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
        assertEquals(300, data.test().orElseThrow().cases());
    }

    private static void count(Batch batch, int[] counts) {
        for (int i = 0; i < batch.cases(); i++) {
            double[] target = batch.targets().row(i).toArray();
            assertEquals(1, Arrays.stream(target).sum());
            for (int c = 0; c < counts.length; c++) {
                counts[c] += (int) target[c];
            }
        }
    }

    @Test
    void pixelsFillTheUnitInterval() {
        double[] pixels = Arrays.stream(data.train().batch().inputs().toArray()).flatMapToDouble(Arrays::stream)
                .toArray();
        assertTrue(Arrays.stream(pixels).allMatch(p -> p >= 0 && p <= 1));
        assertEquals(1, Arrays.stream(pixels).max().orElseThrow());
    }
}
