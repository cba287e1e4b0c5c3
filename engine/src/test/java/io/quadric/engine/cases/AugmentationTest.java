package io.quadric.engine.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cases.Augmentation.Flips;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
    private static final Shape.Image IMAGE = new Shape.Image(2, 4, 5);
    private static final int CASES = 6;

    /// Pixels are 1, 2, 3, … so that each tells where it was.
    private static Cases images(Precision precision) {
        double[] pixels = IntStream.rangeClosed(1, CASES * IMAGE.size()).asDoubleStream().toArray();
        Matrix x = Matrix.of(CASES, IMAGE.size(), pixels).copy(precision);
        return Cases.of(new Batch(x, x));
    }

    /// A pixel of the padded image, by its definition.
    private static double pixel(double[] image, int channel, int row, int column) {
        boolean inside = row >= 0 && row < 4 && column >= 0 && column < 5;
        return inside ? image[(channel * 4 + row) * 5 + column] : 0;
    }

    private static double[] changed(double[] image, int down, int right, boolean mirrored) {
        double[] changed = new double[image.length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 5; j++) {
                    int column = mirrored ? 4 - j : j;
                    changed[(c * 4 + i) * 5 + j] = pixel(image, c, i + down, column + right);
                }
            }
        }
        return changed;
    }

    /// Each of the 18 changes occurs about as often as any other, and nothing else does.
    @ParameterizedTest
    @EnumSource
    void everyCropAndFlipIsAsLikely(Precision precision) {
        Cases whole = images(precision);
        Cases cases = new AugmentedCases(whole, new Augmentation(IMAGE, 1, Flips.HORIZONTAL));
        BatchRoom room = new BatchRoom(cases.form());
        Map<String, Integer> counts = new HashMap<>();
        int[] numbers = {4, 1, 3};
        for (int step = 1; step <= 1200; step++) {
            Batch batch = cases.drawn(new Draw(7, step), numbers, room);
            assertSame(batch.inputs(), batch.targets());
            for (int i = 0; i < numbers.length; i++) {
                double[] original = whole.batch().inputs().row(numbers[i]).toArray();
                double[] image = batch.inputs().row(i).toArray();
                String found = IntStream.range(0, 18)
                        .filter(k -> Arrays.equals(image, changed(original, k % 3 - 1, k / 3 % 3 - 1, k >= 9)))
                        .mapToObj(Integer::toString).findFirst().orElse("none");
                counts.merge(found, 1, Integer::sum);
            }
        }
        assertEquals(18, counts.size(), counts::toString);
        counts.values().forEach(count -> assertEquals(200, count, 60, counts::toString));
    }

    @Test
    void aCaseIsChangedAlikeInAllBatchesOfAStep() {
        Cases cases = new AugmentedCases(images(Precision.FLOAT32), new Augmentation(IMAGE, 2, Flips.HORIZONTAL));
        Batch one = cases.drawn(new Draw(1, 5), new int[]{2, 4}, new BatchRoom(cases.form()));
        Batch other = cases.drawn(new Draw(1, 5), new int[]{4}, new BatchRoom(cases.form()));
        assertArrayEquals(one.inputs().row(1).toArray(), other.inputs().row(0).toArray());
        int[] all = {5, 4, 3, 2, 1, 0};
        Batch whole = cases.drawn(new Draw(1, 5), all, new BatchRoom(cases.form()));
        assertArrayEquals(one.inputs().row(0).toArray(), whole.inputs().row(2).toArray());
        Batch later = cases.drawn(new Draw(1, 6), all, new BatchRoom(cases.form()));
        assertFalse(Arrays.deepEquals(whole.inputs().toArray(), later.inputs().toArray()));
    }

    @Test
    void evaluationSeesTheImagesThemselves() {
        Cases plain = images(Precision.FLOAT32);
        Cases cases = new AugmentedCases(plain, new Augmentation(IMAGE, 2, Flips.HORIZONTAL));
        assertSame(plain.batch(), cases.batch());
        assertTrue(!Digest.of(plain).equals(Digest.of(cases)));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(IMAGE, 4, Flips.NONE));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(IMAGE, -1, Flips.NONE));
    }
}
