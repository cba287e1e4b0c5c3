package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolingTest {
    private static Dataset images(Shape.Image shape) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 3, shape.size());
        Sampling.gaussian(0, 1, new Random(1), inputs);
        return new Dataset("", new Task.Autoencoding(), shape, new Batch(inputs, inputs), Optional.empty());
    }

    @Test
    void everySquareBecomesItsMean() {
        Shape.Image shape = new Shape.Image(2, 4, 6);
        Dataset data = images(shape);
        Dataset pooled = Pooling.average(data, 2);
        assertEquals(new Shape.Image(2, 2, 3), pooled.shape());
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 3; column++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += data.train().batch().inputs().get(1, (2 * row + k / 2) * 6 + 2 * column + k % 2);
                }
                assertEquals(sum / 4, pooled.train().batch().inputs().get(1, row * 3 + column), 1e-15);
            }
        }
        assertSame(pooled.train().batch().inputs(), pooled.train().batch().targets());
    }

    @Test
    void squaresFillTheImage() {
        Dataset data = images(new Shape.Image(1, 4, 6));
        String message = assertThrows(InputException.class, () -> Pooling.average(data, 4)).getMessage();
        assertEquals(
                "squares of 4 × 4 pixels are averaged, the data set  has image [1, 4, 6], expected images that they "
                        + "fill",
                message);
    }
}
