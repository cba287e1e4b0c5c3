package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.InputMap;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;

/// Smaller images: the mean of every square of pixels takes its place.
public final class Pooling {
    private Pooling() {}

    /// {@return the data set with smaller images}; the same one for a side of 1.
    ///
    /// @param data images
    /// @param side of the squares; it divides height and width
    /// @throws InputException if the cases are no images, or the squares do not fill them
    public static Dataset average(Dataset data, int side) {
        if (side == 1) {
            return data;
        }
        if (!(data.shape() instanceof Shape.Image image) || image.height() % side != 0 || image.width() % side != 0) {
            throw new InputException("squares of " + side + " × " + side + " pixels are averaged, the data set "
                    + data.name() + " has " + data.shape() + ", expected images that they fill");
        }
        Shape.Image smaller = new Shape.Image(image.channels(), image.height() / side, image.width() / side);
        Means means = new Means(means(image, side, data));
        return data.with(smaller, data.train().mapped(means), data.test().map(test -> test.mapped(means)));
    }

    /// The matrix that takes an image to the smaller one: 1/side² where a pixel belongs to a square.
    private static Matrix means(Shape.Image image, int side, Dataset data) {
        int width = image.width() / side;
        int rows = image.channels() * image.height() / side;
        Matrix means = Matrix.zeros(data.precision(), image.size(), rows * width);
        for (int pixel = 0; pixel < image.size(); pixel++) {
            int row = pixel / image.width() / side;
            int column = pixel % image.width() / side;
            means.set(pixel, row * width + column, 1.0 / (side * side));
        }
        return means;
    }

    /// @param matrix takes an image to the smaller one
    private record Means(Matrix matrix) implements InputMap {
        @Override
        public int width() {
            return matrix.columns();
        }

        @Override
        public void apply(Matrix from, Matrix to) {
            try (Workspace ws = Workspace.serial()) {
                Gemm.SET.multiply(from, matrix, to, ws);
            }
        }
    }
}
