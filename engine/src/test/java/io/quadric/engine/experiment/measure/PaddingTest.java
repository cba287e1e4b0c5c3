package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaddingTest {
    private static Dataset cases(Shape shape) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 3, shape.size());
        Sampling.gaussian(0, 1, new Random(1), inputs);
        return new Dataset("", new Task.Autoencoding(), shape, new Batch(inputs, inputs), Optional.empty());
    }

    @Test
    void imagesAreInTheMiddleOfZeros() {
        Dataset data = cases(new Shape.Image(2, 3, 4));
        Dataset padded = Padding.zeros(data, 2);
        assertEquals(new Shape.Image(2, 7, 8), padded.shape());
        Matrix before = data.train().batch().inputs();
        Matrix after = padded.train().batch().inputs();
        for (int place = 0; place < after.columns(); place++) {
            int row = place / 8 % 7 - 2;
            int column = place % 8 - 2;
            boolean inside = row >= 0 && row < 3 && column >= 0 && column < 4;
            double expected = inside ? before.get(1, (place / 56 * 3 + row) * 4 + column) : 0;
            assertEquals(expected, after.get(1, place), "at " + place);
        }
    }

    @Test
    void onlyImagesHaveABorder() {
        Dataset data = cases(new Shape.Features(5));
        assertThrows(InputException.class, () -> Padding.zeros(data, 1));
    }
}
